import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeviceResult } from "./result.ts";
import { growthTables } from "./tables.ts";

const devices = (grants: number, grownBytes: number | null): DeviceResult => ({
  grants,
  steps: [{ name: "poll", count: grants, perSecond: 450, medianMs: 30, p99Ms: 90 }],
  grownBytes,
});
const told = (...all: DeviceResult[]) =>
  growthTables({ date: "", machine: {}, requests: 1, sizes: [], devices: all });

test("what so many devices would send stands beside what was answered", () => {
  assert.match(
    told(devices(10_000, null)),
    /every 5 s send 2,000 polls a second; .* answered 450\./,
  );
});

test("memory is told as what each more takes, and not where nobody knows", () => {
  const fewest = devices(1000, 200_000_000);
  assert.match(told(fewest, devices(10_000, 920_000_000)), /grew by 80 kB for each more\.$/);
  assert.doesNotMatch(told(fewest, devices(10_000, null)), /kB/);
  assert.doesNotMatch(told(fewest), /kB/);
});

test("of few rounds the longest is told, and called so", () => {
  const share = { rows: 1, bytes: 1 };
  const timed = { name: "an hour's clean-up", medianMs: 5, rowsRead: 1, rowsWritten: 1 };
  const flows = [{ ...timed, p99Ms: null, longestMs: 9 }];
  const size = { accounts: 1, bytes: 1, account: share, session: share, event: share, flows };
  const page = growthTables({ date: "", machine: {}, requests: 1, sizes: [size], devices: [] });
  assert.match(page, /\| an hour's clean-up \| 5, longest 9 ms \|/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { curve } from "./curve.ts";

test("a line of the picture is level where a median is the same at every size", () => {
  const share = { rows: 1, bytes: 1 };
  const size = (accounts: number, medianMs: number) => ({
    accounts,
    bytes: 1,
    account: share,
    session: share,
    event: share,
    flows: [
      { name: "level", medianMs: 5, p99Ms: 5, rowsRead: 1, rowsWritten: 1 },
      { name: "rising", medianMs, p99Ms: 5, rowsRead: 1, rowsWritten: 1 },
    ],
  });

  const lines = [...curve([size(1, 1), size(1000, 100)]).matchAll(/points="(.*?)"/g)];

  assert.deepEqual(
    lines.map(([, points]) => points),
    ["56,172.1 490,172.1", "56,256 490,16"],
  );
});

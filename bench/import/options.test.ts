import assert from "node:assert/strict";
import { test } from "node:test";
import { importOptions } from "./options.ts";

test("a hundred thousand accounts come in, and figures are written where the machine is idle", () => {
  assert.deepEqual(importOptions([]), { accounts: 100_000, isWritten: true, mayBeBusy: false });
});

test("fewer may, on a busy machine, and unwritten", () => {
  assert.deepEqual(importOptions(["--accounts", "2000", "--no-write", "--busy"]), {
    accounts: 2000,
    isWritten: false,
    mayBeBusy: true,
  });
});

test("a number that is none, and an option that there is not, end in the help", () => {
  for (const args of [
    ["--accounts", "0"],
    ["--accounts", "1.5"],
    ["--accounts", "x"],
    ["--fast"],
  ]) {
    assert.throws(() => importOptions(args), { name: "Problem", advice: /npm run bench:import/ });
  }
});

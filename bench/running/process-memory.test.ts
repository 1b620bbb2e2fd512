import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { memoryOf, peakMemoryOf } from "./process-memory.ts";

test("the most that a process had is no less than what it has", {
  skip: !existsSync("/proc/self/status"),
}, () => {
  const now = memoryOf(process.pid) ?? 0;
  assert.ok(now > 10_000_000);
  assert.ok((peakMemoryOf(process.pid) ?? 0) >= now);
});

test("of a process that is not there nobody says", () => {
  assert.equal(memoryOf(null), null);
  assert.equal(peakMemoryOf(-1), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { billOf, dollarsOf, freePlanReach, sumOf, total, type Usage, usageOf } from "./reckon.ts";
import { counts } from "./worker/counts.ts";

const nothing = usageOf(counts, null);
const use = (some: Partial<Usage>): Usage => ({ ...nothing, ...some });
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test("a message is three operations, a call of an object at least 10 ms of 128 MB", () => {
  const usage = usageOf(
    { ...counts, queueMessages: 2, objectRequests: 3, objectMilliseconds: 4, d1Queries: 9 },
    7.5,
  );

  assert.deepEqual(
    usage,
    use({
      queueOperations: 6,
      objectRequests: 3,
      objectGbSeconds: 0.03 * 0.128,
      cpuMilliseconds: 7.5,
    }),
  );
});

test("a call that is held is billed for as long as it is held", () => {
  const { objectGbSeconds } = usageOf(
    { ...counts, objectRequests: 2, objectMilliseconds: 25_000 },
    null,
  );

  near(objectGbSeconds, 3.2);
});

test("a million of a flow costs its parts' prices", () => {
  // 1 request, 80 ms, 6 rows written, 3 rows written in objects, 2 calls of them of 10 ms each.
  const usage = use({
    requests: 1,
    cpuMilliseconds: 80,
    d1RowsWritten: 6,
    objectRowsWritten: 3,
    objectRequests: 2,
    objectGbSeconds: 0.00256,
  });

  // 0.30 + 80 × 0.02 + 6 + 3 + 2 × 0.15 + 0.00256 × 12.50
  near(total(dollarsOf(sumOf([[1_000_000, usage]]))), 11.232);
});

test("a bill begins at the plan and counts what goes beyond it", () => {
  near(billOf(use({ requests: 10_000_000, letters: 3_000 })), 5);
  // A million requests too many, 1,000 letters, a million rows.
  near(billOf(use({ requests: 11_000_000, letters: 4_000, d1RowsWritten: 51_000_000 })), 6.65);
});

test("the free plan reaches as far as what runs out first", () => {
  // Each day: 1 request, 2 rows written, and every tenth day a write to KV.
  const ofOne = use({ requests: 30, d1RowsWritten: 60, kvWrites: 3 });
  const reach = freePlanReach(ofOne, use({ requests: 30_000 }));

  assert.deepEqual(reach, [
    { unit: "kvWrites", users: 10_000 },
    { unit: "d1RowsWritten", users: 50_000 },
    // Of the 100,000 requests of a day the clock makes 1,000.
    { unit: "requests", users: 99_000 },
  ]);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { profiles } from "./profiles.ts";
import type { Results } from "./results.ts";

const project = join(import.meta.dirname, "..", "..");
const file = join(project, "bench", "results", "cost.json");
const { latchkey } = JSON.parse(readFileSync(file, "utf8")) as Results;

/**
 * D1 calls, calls of objects and messages that test/budgets counts by other means. An approval's letter
 * is delivered besides: one D1 call more, which asks whether its address takes any.
 */
const BUDGETS: Readonly<Record<string, readonly [number, number, number]>> = {
  signIn: [2, 2, 0],
  refresh: [1, 0, 0],
  me: [1, 0, 0],
  signOut: [1, 0, 0],
  jwks: [0, 0, 0],
  introspect: [1, 0, 0],
  clientCredentials: [0, 0, 0],
  deviceStart: [0, 1, 0],
  pollPending: [0, 1, 0],
  deviceApprove: [2 + 1, 3, 1],
  deviceRedeem: [1, 1, 0],
};

test("what was counted for the bill is what the budgets' tests count", () => {
  const counted = Object.keys(BUDGETS).map((id) => {
    const { d1Queries, objectRequests, queueMessages } =
      latchkey.find((flow) => flow.id === id)?.counts ?? assert.fail(id);
    return [id, [d1Queries, objectRequests, queueMessages]];
  });

  assert.deepEqual(Object.fromEntries(counted), BUDGETS);
});

test("a pending poll writes nothing anywhere", () => {
  const { counts } = latchkey.find(({ id }) => id === "pollPending") ?? assert.fail();

  assert.equal(counts.d1RowsWritten + counts.objectRowsWritten + counts.kvWrites, 0);
});

test("profiles name no flow that is not counted", () => {
  const ids = latchkey.map(({ id }) => id);
  const unknown = profiles.flatMap(({ monthly }) =>
    Object.keys(monthly).filter((id) => !ids.includes(id)),
  );

  assert.deepEqual(unknown, []);
});

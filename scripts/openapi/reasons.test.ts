import assert from "node:assert/strict";
import { test } from "node:test";
import { credebl } from "../../src/surfaces/credebl/contract.ts";
import { planasonix } from "../../src/surfaces/planasonix/contract.ts";
import type { AnyRoute, Surface } from "../../src/surfaces/surface.ts";
import { policyReasonsOf, reasonsOf } from "./reasons.ts";

/** Why a row of a contract may refuse because of who asks. */
function barring({ routes }: Surface, name: keyof typeof routes) {
  const row = [[name, routes[name] as AnyRoute]] as const;
  return reasonsOf(row, "/").filter((reason) =>
    ["unauthenticated", "access_token_invalid", "password_change_required"].includes(reason),
  );
}

test("an operation says itself whom it refuses, whatever they ask", () => {
  assert.deepEqual(policyReasonsOf("listKeys"), ["insufficient_scope", "password_change_required"]);
  assert.deepEqual(policyReasonsOf("listTenants"), [
    "insufficient_scope",
    "password_change_required",
  ]);
  assert.deepEqual(policyReasonsOf("currentAccount"), ["insufficient_scope"]);
  assert.deepEqual(policyReasonsOf("signIn"), []);
});

test("what is open before the password is changed is not said to ask for that", () => {
  const known = ["unauthenticated", "access_token_invalid"];
  assert.deepEqual(barring(planasonix, "currentAccount"), known);
  assert.deepEqual(barring(planasonix, "changePassword"), known);
  assert.deepEqual(barring(planasonix, "listKeys"), [...known, "password_change_required"]);
});

test("who need not say who they are is not refused for not saying it", () => {
  assert.deepEqual(barring(credebl, "replacePassword"), ["access_token_invalid"]);
});

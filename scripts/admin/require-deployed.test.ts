import assert from "node:assert/strict";
import { test } from "node:test";
import { requireDeployed } from "./require-deployed.ts";

const PLACEHOLDER = "00000000-0000-0000-0000-000000000000";

test("the placeholder is no database: it is said that nothing is deployed there, and how to", () => {
  assert.throws(() => requireDeployed(undefined, PLACEHOLDER), {
    name: "Problem",
    message:
      "Nothing is deployed for production yet: database_id in wrangler.toml is the placeholder.",
    advice: "Deploy it first, as docs/deploying.md says: npm run deploy",
  });
  assert.throws(() => requireDeployed("staging", PLACEHOLDER), {
    message: /^Nothing is deployed for staging yet/,
    advice: /npm run deploy -- --env staging$/,
  });
  requireDeployed(undefined, "11111111-1111-4111-8111-111111111111");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readRow } from "./read-row.ts";

const NO_TIME = "must be a time, as 2026-01-31T12:00:00Z or in milliseconds since 1970";

const WRONG: readonly [row: object, reason: string][] = [
  [{}, "email: is missing"],
  [{ email: 1 }, "email: must be a text"],
  [{ email: "ada" }, "email: must be an e-mail address"],
  [{ email: `${"a".repeat(250)}@example.com` }, "email: must have at most 254 characters"],
  [{ id: "x" }, "id: must be a UUID"],
  [{ name: "a\nb" }, "name: has control characters"],
  [{ disabled: "yes" }, "disabled: must be true or false"],
  [{ role: "owner" }, "role: must be user or admin or superadmin"],
  [{ created_at: "yesterday" }, `created_at: ${NO_TIME}`],
  [{ created_at: -1 }, `created_at: ${NO_TIME}`],
  [{ created_at: 1.5 }, `created_at: ${NO_TIME}`],
  [{ created_at: [] }, `created_at: ${NO_TIME}`],
  [{ created_at: 1e15 }, "created_at: is in the future"],
  [{ profile: [] }, "profile: must be an object"],
  [{ recovery_codes: "x" }, "recovery_codes: must be a list"],
  [{ recovery_codes: Array(21).fill("x") }, "recovery_codes: must have at most 20 entries"],
  [
    { second_factor: { sealed_secret: "x", confirmed_at: 1, last_step: 0.5 } },
    "second_factor.last_step: must be a whole number",
  ],
  [
    { second_factor: { sealed_secret: "x", last_step: 1 } },
    "second_factor.confirmed_at: is missing",
  ],
];

for (const [fields, reason] of WRONG) {
  test(`a line that cannot be taken is told so in our words: ${JSON.stringify(fields).slice(0, 60)}`, async () => {
    assert.equal(await reasonOf({ ...(reason.startsWith("email") ? {} : ADA), ...fields }), reason);
  });
}

test("so is what lies deeper, and every reason there is", async () => {
  const key = {
    id: "x",
    kind: "other",
    name: "",
    prefix: "",
    hash: "x",
    scopes: [],
    last_used_at: null,
  };
  const passkey = { counter: -1 };
  const reason = await reasonOf({
    ...ADA,
    keys: [{ ...key, created_at: 1, expires_at: null }],
    passkeys: [passkey],
  });
  assert.match(reason, /keys\.0\.hash: has a length or characters that it cannot have/);
  assert.match(reason, /keys\.0\.kind: must be api or service/);
  assert.match(reason, /passkeys\.0\.counter: must be at least 0/);
  assert.match(reason, /passkeys\.0\.public_key: is missing/);
  assert.doesNotMatch(reason, /invalid|expected|received|too (big|small)/i);
});

const ADA = { email: "ada@example.com" };

async function reasonOf(row: object): Promise<string> {
  const preparation = {} as Parameters<typeof readRow>[2];
  const { reason = "none" } = await readRow(
    { line: 1, text: JSON.stringify(row) },
    null,
    preparation,
  );
  return reason;
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { accountRow } from "../../scripts/admin/import/account-row.ts";
import { lines } from "./lines.ts";

test("every line is an account that import takes, with an address of its own, and hashes take turns", () => {
  const rows = [...lines(5, ["a", "b"])].map((line) => accountRow.parse(JSON.parse(line)));

  assert.equal(new Set(rows.map(({ email }) => email)).size, 5);
  assert.deepEqual(
    rows.map(({ password_hash }) => password_hash),
    ["a", "b", "a", "b", "a"],
  );
});

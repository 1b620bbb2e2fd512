import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { migrations } from "./test-support/migrations.ts";

/** What the database of a service held before it spoke more than one contract. */
const BEFORE = `
  INSERT INTO accounts (id, tenant_id, email, name, created_at) VALUES
    ('a1', 't', 'ada@example.com', 'Ada King Lovelace', 1000),
    ('a2', 't', 'bo@example.com', 'Bo', 2000),
    ('a3', 't', 'cy@example.com', NULL, 3000);
  INSERT INTO sessions (id, tenant_id, account_id, contract, created_at, refreshed_at, expires_at, ends_at) VALUES
    ('s1', 't', 'a1', 'planasonix', 10, NULL, 99, 99),
    ('s2', 't', 'a2', 'planasonix', 20, NULL, 99, 99),
    ('s3', 't', 'a1', 'pages', 30, 40, 99, 99);`;

test("accounts and sessions that were there before get names in parts, times and numbers", () => {
  const database = new DatabaseSync(":memory:");
  const all = migrations();
  all.slice(0, 2).forEach((migration) => {
    database.exec(migration);
  });
  database.exec(BEFORE);
  all.slice(2).forEach((migration) => {
    database.exec(migration);
  });

  const rows = (query: string) =>
    database
      .prepare(query)
      .all()
      .map((row) => Object.values(row));
  assert.deepEqual(
    rows("SELECT given_name, family_name, role, updated_at, trial_ends_at FROM accounts"),
    [
      ["Ada", "King Lovelace", "user", 1000, 1000 + 30 * 86_400_000],
      ["Bo", "", "user", 2000, 2000 + 30 * 86_400_000],
      [null, null, "user", 3000, 3000 + 30 * 86_400_000],
    ],
  );
  assert.deepEqual(rows("SELECT id, number, last_used_at FROM sessions ORDER BY id"), [
    ["s1", 1, 10],
    ["s2", 1, 20],
    ["s3", 2, 40],
  ]);
});

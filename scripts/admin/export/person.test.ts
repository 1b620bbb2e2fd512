import assert from "node:assert/strict";
import { test } from "node:test";
import { schemaInMemory } from "../../test-support/schema-in-memory.ts";
import { personStatements } from "./person.ts";

const statements = Object.values(personStatements("an-account", "ada@example.com", "a-tenant"));

test("a person is told of every table that names an account or an address", () => {
  const named = schemaInMemory()
    .rows(
      `SELECT DISTINCT t.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c
       WHERE t.type = 'table' AND c.name IN ('account_id', 'email', 'from_email', 'to_email')`,
    )
    .map(({ name }) => String(name));
  assert.ok(named.length > 8);
  const told = statements.map(({ text }) => text).join("\n");
  assert.deepEqual(
    named.filter((name) => !new RegExp(`FROM ${name}\\b`).test(told)),
    [],
  );
});

test("no statement reads a column that holds a secret, a hash or what is sealed", () => {
  for (const { text } of statements) {
    const columns = text.replaceAll("hash IS NOT NULL", "");
    assert.doesNotMatch(columns, /[^(]\*|hash|sealed|digest|public_key|credential_id/);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { developmentClients } from "../development-clients.ts";
import { type MemoryDatabase, schemaInMemory } from "../test-support/schema-in-memory.ts";
import { seedStatements } from "./seed-statements.ts";

const URL = "http://localhost:9000";

test("seeds a superadmin with a password, a tenant without users, a front end and the clients", () => {
  const database = schemaInMemory();
  database.run(seedStatements("the hash", URL));
  const [accounts, passwords, tenants, frontEnds, clients] = contents(database);
  const { id, created_at: madeAt, ...account } = accounts?.[0] ?? {};
  assert.match(String(id), /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.deepEqual(account, {
    tenant_id: "00000000-0000-7000-8000-000000000000",
    email: "admin@latchkey.test",
    name: null,
    given_name: null,
    family_name: null,
    role: "superadmin",
    email_verified_at: madeAt,
    must_reset_password: 0,
    zapier: 0,
    trial_ends_at: Number(madeAt) + 30 * 86_400_000,
    profile: "{}",
    disabled_at: null,
    updated_at: madeAt,
  });
  const { changed_at: changedAt, ...password } = passwords?.[0] ?? {};
  assert.ok(Number(changedAt) >= Number(madeAt));
  assert.deepEqual(password, { account_id: id, hash: "the hash", reset_link_number: 0 });
  assert.deepEqual(
    tenants?.map(({ slug, name, self_registration }) => [slug, name, self_registration]),
    [
      ["default", "Latchkey", 1],
      ["acme", "Acme", 1],
    ],
  );
  assert.deepEqual(
    frontEnds?.map(({ alias, url }) => [alias, url]),
    [["demo-studio", URL]],
  );
  assert.equal(clients?.length, developmentClients.length);
});

test("seeding again changes nothing", () => {
  const database = schemaInMemory();
  database.run(seedStatements("the hash", URL));
  const before = contents(database);
  database.run(seedStatements("another hash", URL));
  assert.deepEqual(contents(database), before);
});

test("keeps a password, a role and a disabled state that somebody changed", () => {
  const database = schemaInMemory();
  database.run(seedStatements("the hash", URL));
  database.rows("UPDATE passwords SET hash = 'changed', changed_at = 5");
  database.rows("UPDATE accounts SET role = 'user', disabled_at = 6");
  const before = contents(database);
  database.run(seedStatements("another hash", URL));
  assert.deepEqual(contents(database), before);
});

test("brings a client that somebody changed up to date", () => {
  const database = schemaInMemory();
  database.run(seedStatements("the hash", URL));
  const before = contents(database);
  database.rows("UPDATE clients SET name = 'x', scopes = '[]', grants = '[]', secret_hash = 'x'");
  database.run(seedStatements("the hash", URL));
  assert.deepEqual(contents(database), before);
});

function contents(database: MemoryDatabase) {
  return ["accounts", "passwords", "tenants", "front_ends", "clients"].map((table) =>
    database.rows(`SELECT * FROM ${table}`),
  );
}

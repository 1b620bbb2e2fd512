import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import { createSuperadmin } from "../admin/create-superadmin.ts";
import { commandsOn } from "./commands-on.ts";
import { type MemoryDatabase, schemaInMemory } from "./schema-in-memory.ts";

/** A time that no test lives to see. */
export const FAR = 9_000_000_000_000;

/** What carries commands out on a database that is another for each test of a file, and what is in it. */
export function commandsOnFreshDatabase() {
  let current: MemoryDatabase;
  beforeEach(() => {
    current = schemaInMemory();
  });
  const commands = commandsOn(() => current);
  const database: MemoryDatabase = {
    run: (statements) => current.run(statements),
    rows: (statement) => current.rows(statement),
  };

  /** Somebody with a password, a session and a key. */
  function person({ verifiedAt }: { verifiedAt: number | null }): void {
    commands.run(createSuperadmin, "--email", "ada@example.com");
    database.rows(`UPDATE accounts SET role = 'user', email_verified_at = ${verifiedAt}`);
    database.rows("UPDATE passwords SET hash = 'hash'");
    database.rows(`INSERT INTO sessions
        (id, tenant_id, account_id, contract, created_at, expires_at, ends_at)
      SELECT 's', tenant_id, id, 'planasonix', 1, ${FAR}, ${FAR} FROM accounts`);
    database.rows(`INSERT INTO keys
        (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at)
      SELECT 'k', tenant_id, id, 'api', 'n', 'p', 'h', '[]', 1 FROM accounts`);
  }

  /** How the one person there is stands, and how many sessions and keys are good. */
  function standing() {
    const [row] = database.rows(`SELECT role, email_verified_at AS verified, hash,
        (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS live,
        (SELECT count(*) FROM keys) AS keys
      FROM accounts JOIN passwords ON account_id = accounts.id`);
    return { ...row };
  }

  /** What was written down, the oldest first: each in the log of the default tenant, by the operator. */
  function told() {
    return database
      .rows(`SELECT event, account_id AS target, subject, actor_id AS actor, slug AS tenant
        FROM audit_events JOIN tenants ON tenants.id = tenant_id ORDER BY audit_events.rowid`)
      .map(({ actor, tenant, ...event }) => {
        assert.deepEqual([actor, tenant], ["operator", "default"]);
        return Object.values(event);
      });
  }

  return { ...commands, database, person, standing, told };
}

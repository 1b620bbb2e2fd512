import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "./project-folder.ts";
import { type MemoryDatabase, schemaInMemory } from "./test-support/schema-in-memory.ts";

const LEAKED_AT = 5_000;
const manual = readFileSync(join(projectFolder, "docs/operating.md"), "utf8");

/** What the manual has an operator tell the database, statement by statement. */
const written = [...manual.matchAll(/--command "([^"]+)"/g)].map(([, commands = ""]) =>
  commands.replaceAll("$SINCE", String(LEAKED_AT)).split(/;\s*/),
);

/** A person of before the leak who has one of everything, made or changed at a time. */
function person(database: MemoryDatabase, id: string, at: number): void {
  for (const statement of [
    `accounts (id, tenant_id, email, created_at) VALUES ('${id}', 't', '${id}@now.test', 1)`,
    `email_changes (id, tenant_id, account_id, from_email, to_email, requested_at, changed_at)
      VALUES ('${id}1', 't', '${id}', '${id}@before.test', '${id}@between.test', ${at}, ${at}),
        ('${id}2', 't', '${id}', '${id}@between.test', '${id}@now.test', ${at}, ${at + 1})`,
    `sessions (id, tenant_id, account_id, contract, created_at, expires_at, ends_at)
      VALUES ('${id}', 't', '${id}', 'planasonix', ${at}, 9, 9)`,
    `passkeys (id, tenant_id, account_id, name, credential_id, public_key, counter, transports, created_at)
      VALUES ('${id}', 't', '${id}', 'n', '${id}', 'k', 0, '[]', ${at})`,
    `keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at)
      VALUES ('${id}', 't', '${id}', 'personal', 'n', 'p', '${id}', '[]', ${at})`,
    `second_factors (account_id, enrolment_id, sealed_secret, confirmed_at) VALUES ('${id}', 'e', 's', ${at})`,
    `recovery_codes VALUES ('${id}', 'd', NULL)`,
    `passwords VALUES ('${id}', 'hash', ${at}, 0)`,
    `audit_events (id, tenant_id, event, actor_id, account_id, subject, address, at)
      VALUES ('${id}', 't', 'passkey-added', '${id}', '${id}', 'n', '', ${at})`,
  ]) {
    database.rows(`INSERT INTO ${statement}`);
  }
}

const standing = (database: MemoryDatabase) =>
  database.rows(`SELECT id, email,
      (SELECT count(*) FROM email_changes WHERE account_id = accounts.id) AS changes,
      (SELECT count(*) FROM sessions WHERE account_id = accounts.id AND revoked_at IS NULL) AS sessions,
      (SELECT count(*) FROM passkeys WHERE account_id = accounts.id) AS passkeys,
      (SELECT count(*) FROM keys WHERE account_id = accounts.id) AS keys,
      (SELECT count(*) FROM second_factors WHERE account_id = accounts.id) AS apps,
      (SELECT count(*) FROM recovery_codes WHERE account_id = accounts.id) AS codes,
      (SELECT count(hash) FROM passwords WHERE account_id = accounts.id) AS passwords
    FROM accounts ORDER BY id`);

test("every statement that docs/operating.md has an operator run is one of this database", () => {
  assert.equal(written.length, 6);
  for (const statements of written) {
    const database = schemaInMemory();
    person(database, "a", LEAKED_AT);
    for (const statement of statements) {
      database.rows(statement);
    }
  }
});

test("of a secret that leaked, what was done since is listed and taken back, and nothing before", () => {
  const [list, removal] = written.filter((statements) =>
    statements.join().includes(`${LEAKED_AT}`),
  );
  const database = schemaInMemory();
  person(database, "old", LEAKED_AT - 2);
  person(database, "new", LEAKED_AT);
  // Signed in for years, and given new codes by whoever came in.
  person(database, "codes", LEAKED_AT - 2);
  database.rows(`INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
    VALUES ('again', 't', 'recovery-codes-replaced', 'codes', 'codes', '', ${LEAKED_AT})`);

  const listed = (list ?? []).flatMap((statement) => database.rows(statement));
  assert.deepEqual(
    listed.map(({ event, email }) => [event, email]),
    [
      ["recovery-codes-replaced", "codes@now.test"],
      ["passkey-added", "new@now.test"],
    ],
  );
  for (const statement of removal ?? []) {
    database.rows(statement);
  }
  const all = { changes: 2, sessions: 1, passkeys: 1, keys: 1, apps: 1, codes: 1, passwords: 1 };
  const none = { changes: 0, sessions: 0, passkeys: 0, keys: 0, apps: 0, codes: 0, passwords: 0 };
  assert.deepEqual(standing(database), [
    { id: "codes", email: "codes@now.test", ...all, codes: 0 },
    { id: "new", email: "new@before.test", ...none },
    { id: "old", email: "old@now.test", ...all },
  ]);
});

/** Of each line of `level: "error"` that the Worker can write, what stands in it first. */
function errorLines(): Map<string, string> {
  const sources = globSync("src/**/*.{ts,tsx}", { cwd: projectFolder });
  return new Map(
    sources.flatMap((file) => {
      const source = readFileSync(join(projectFolder, file), "utf8");
      return [...source.matchAll(/\bwrite\("error", \{\s*(\w+)/g)].map(
        ([, field = ""]) => [field, file] as const,
      );
    }),
  );
}

test("docs/operating.md says of every line of an error whether to wake somebody", () => {
  const [, section = ""] = /\n## Being woken\n(.*?)\n## /s.exec(manual) ?? [];
  const rows = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, field = ""]) => field).join();
  const fields = errorLines();
  assert.ok(fields.size >= 6);
  for (const [field, file] of fields) {
    assert.ok(rows.includes(`\`${field}\``), `${field}, which ${file} writes`);
  }
});

test("docs/operating.md knows every chore that can fail, and every store that is probed", () => {
  const scheduled = readFileSync(join(projectFolder, "src/runs/scheduled.ts"), "utf8");
  const chores = [...scheduled.matchAll(/^ {4}(?:async )?([a-z_]+)(?:\(\) \{|: \(\) =>)/gm)];
  const ports = readFileSync(join(projectFolder, "src/ports.ts"), "utf8");
  const [, probes = ""] = /probes: Readonly<Record<([^,]+),/.exec(ports) ?? [];
  const stores = [...probes.matchAll(/"(\w+)"/g)];
  assert.deepEqual([chores.length, stores.length], [5, 3]);
  for (const [, name] of [...chores, ...stores]) {
    assert.ok(manual.includes(`\`${name}\``), name);
  }
});

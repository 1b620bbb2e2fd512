import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Problem } from "../problem.ts";
import { commandsOnFreshDatabase, FAR } from "../test-support/commands-on-fresh-database.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { disableAccount } from "./disable-account.ts";
import { endSessions } from "./end-sessions.ts";
import { findAccounts } from "./find-accounts.ts";
import { invite } from "./invite.ts";
import { listKeys } from "./list-keys.ts";
import { removeAccount } from "./remove-account.ts";
import { revokeKey } from "./revoke-key.ts";
import { sendPasswordReset } from "./send-password-reset.ts";

const DEFAULT = "00000000-0000-7000-8000-000000000000";
const ADA = ["--email", "ada@example.com"] as const;
const BOB = ["--email", "bob@example.com"] as const;

const { database, refusedWork, run, work } = commandsOnFreshDatabase();

/** Somebody with one of everything, who acts as somebody else in a second session. */
function person(id: string, tenant = DEFAULT): void {
  const email = `${id}@example.com`;
  for (const statement of [
    `accounts (id, tenant_id, email, email_verified_at, created_at)
      VALUES ('${id}', '${tenant}', '${email}', 1, 1)`,
    `passwords VALUES ('${id}', 'hash', 5, 0)`,
    `sessions (id, number, tenant_id, account_id, actor_id, actor_session_id, contract, created_at, expires_at, ends_at)
      VALUES ('${id}1', 1, '${tenant}', '${id}', NULL, NULL, 'planasonix', 1, ${FAR}, ${FAR}),
        ('${id}2', 2, '${tenant}', 'somebody', '${id}', '${id}1', 'planasonix', 1, ${FAR}, ${FAR})`,
    `second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
      VALUES ('${id}', 'e', 's', 1)`,
    `recovery_codes (account_id, digest) VALUES ('${id}', '${id}')`,
    `passkeys (id, tenant_id, account_id, name, credential_id, public_key, counter, transports, created_at)
      VALUES ('${id}', '${tenant}', '${id}', 'n', '${id}', 'k', 0, '[]', 1)`,
    `email_changes (id, tenant_id, account_id, from_email, to_email, requested_at, changed_at)
      VALUES ('${id}', '${tenant}', '${id}', '${id}@before.test', '${email}', 1, 1)`,
    `keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at, expires_at)
      VALUES ('${id}a', '${tenant}', '${id}', 'api', 'My ' || char(27) || '[31mkey', 'pk_aaaa', '${id}1', '["profile:read"]', 1, 2),
        ('${id}s', '${tenant}', '${id}', 'service', 'What? It''s', 'sk_ssss', '${id}2', '[]', 1, NULL)`,
    `address_proofs (tenant_id, email, link_number, linked_at) VALUES ('${tenant}', '${email}', 1, 1)`,
    `suppressed_addresses (tenant_id, email, reason, detail, at, until)
      VALUES ('${tenant}', '${email}', 'bounced', '550', 1, 1)`,
  ]) {
    database.rows(`INSERT INTO ${statement}`);
  }
}

/** Every row of every table that has one of these texts in it, but for what was written down. */
function rowsWith(...texts: readonly string[]): string[] {
  return database
    .rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'audit_events'")
    .flatMap(({ name }) => database.rows(`SELECT '${name}' AS "in", * FROM "${name}"`))
    .map((row) => JSON.stringify(row))
    .filter((row) => texts.some((text) => row.includes(`"${text}"`)));
}

/** What was written down of accounts and keys since, the oldest first, by the operator. */
function told() {
  return database
    .rows("SELECT * FROM audit_events WHERE account_id IN ('ada', 'bob') ORDER BY rowid")
    .map(({ event, account_id, subject, actor_id, tenant_id, address, session_id }) => {
      assert.deepEqual([actor_id, tenant_id, address, session_id], ["operator", DEFAULT, "", null]);
      return [event, account_id, subject];
    });
}

const tenantIdOf = (slug: string) =>
  String(database.rows(`SELECT id FROM tenants WHERE slug = '${slug}'`)[0]?.["id"]);

test("find-accounts lists those whose address begins so, by address, and what is not as with most", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  person("bob");
  person("ada");
  person("adam");
  person("ad", tenantIdOf("acme"));
  database.rows(`UPDATE accounts SET disabled_at = 1, must_reset_password = 1, zapier = 1,
    email_verified_at = NULL, role = 'admin' WHERE id = 'adam'`);
  database.rows("DELETE FROM second_factors WHERE account_id = 'ada'");

  const made = "1970-01-01 00:00 UTC";
  const lines = (await work(findAccounts, "--email-prefix", " AD")).split("\n");
  assert.deepEqual(
    lines.map((line) => line.split(/ {2,}/)),
    [
      ["address", "role", "made", "id"],
      ["ada@example.com", "user", "–", made, "ada"],
      [
        ...["adam@example.com", "admin"],
        "disabled, address not proved, must reset password, second factor, zapier",
        ...[made, "adam"],
      ],
    ],
  );
  assert.match(await work(findAccounts), /^bob@example.com +user +second factor /m);
  assert.match(await work(findAccounts, "--tenant", "acme"), /^ad@example.com /m);
  assert.equal(
    await work(findAccounts, "--email-prefix", "%"),
    "The tenant default has no account whose address begins with %.",
  );
  await refusedWork(/no tenant with the slug "zoo"/, findAccounts, "--tenant", "zoo");
});

test("find-accounts lists every account, however many there are", async () => {
  database.rows(`INSERT INTO accounts (id, tenant_id, email, created_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
    SELECT 'id-' || i, '${DEFAULT}', 'p' || i || '@example.com', 1 FROM n`);
  const ids = (await work(findAccounts)).match(/id-\d+$/gm) ?? [];
  assert.equal(ids.length, 2500);
  assert.equal(new Set(ids).size, 2500);
});

test("end-sessions ends the account's sessions, nobody else's, and what it approved", async () => {
  person("ada");
  person("bob");
  const before = Date.now();
  const said = "ada@example.com is signed out everywhere. Sessions ended: 1.";
  assert.equal(await work(endSessions, ...ADA), said);
  const live = "SELECT id FROM sessions WHERE revoked_at IS NULL ORDER BY id";
  assert.deepEqual(database.rows(live), [{ id: "ada2" }, { id: "bob1" }, { id: "bob2" }]);
  const [ada, bob] = database.rows("SELECT hash, changed_at AS at FROM passwords ORDER BY rowid");
  // SQLite counts seconds in floating point: what is cut off may be a millisecond.
  assert.ok(Number(ada?.["at"]) >= before - 1);
  assert.deepEqual([ada?.["hash"], bob?.["at"]], ["hash", 5]);
  assert.match(await work(endSessions, ...ADA), /Sessions ended: 0\.$/);
  assert.deepEqual(told(), Array(2).fill(["sessions-ended-by-admin", "ada", null]));
  await refusedWork(/has no account with the address eve/, endSessions, "--email", "eve@a.test");
  await refusedWork(/no tenant with the slug/, endSessions, ...ADA, "--tenant", "zoo");
});

test("end-sessions voids what was approved until it is done, whatever the operator's clock says", async () => {
  person("ada");
  const before = Date.now();
  mock.timers.enable({ apis: ["Date"], now: 10 });
  await work(endSessions, ...ADA);
  mock.timers.reset();
  const [changed] = database.rows("SELECT changed_at AS at FROM passwords");
  assert.ok(Number(changed?.["at"]) >= before - 1);
});

test("remove-account takes everything that bears the account's id or address, and nothing else", async () => {
  person("bob");
  const others = rowsWith("bob", "bob@example.com");
  person("ada");
  const all = rowsWith("ada", "ada@example.com");
  assert.equal(new Set(all.map((row) => JSON.parse(row).in)).size, 10);
  const said = "Removed ada@example.com and everything of its own from the tenant default.";
  assert.equal(await work(removeAccount, ...ADA), said);
  assert.deepEqual(rowsWith("ada", "ada@example.com"), []);
  assert.deepEqual(rowsWith("bob", "bob@example.com"), others);
  assert.deepEqual(told(), [["account-removed", "ada", null]]);
  await refusedWork(/has no account with the address ada/, removeAccount, ...ADA);
  await refusedWork(/no tenant with the slug/, removeAccount, ...ADA, "--tenant", "zoo");
  assert.equal(told().length, 1);
});

test("remove-account closes an open tenant behind its last account", async () => {
  person("ada");
  person("bob");
  database.rows("UPDATE tenants SET self_registration = 1");
  const open = () => database.rows("SELECT self_registration AS open FROM tenants");
  await work(removeAccount, ...ADA);
  assert.deepEqual(open(), [{ open: 1 }]);
  await work(removeAccount, ...BOB);
  assert.deepEqual(open(), [{ open: 0 }]);
});

test("ADM-04: remove-account leaves a tenant a superadmin who can sign in", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  run(createSuperadmin, "--email", "eve@example.com", "--tenant", "acme");
  person("ada");
  run(createSuperadmin, ...ADA);
  run(createSuperadmin, ...BOB);
  run(disableAccount, ...BOB);
  const before = [rowsWith("ada", "ada@example.com"), told()];
  await refusedWork(
    /without a superadmin who can sign in.*create-superadmin --tenant default/s,
    removeAccount,
    ...ADA,
  );
  assert.deepEqual([rowsWith("ada", "ada@example.com"), told()], before);
  await work(removeAccount, ...BOB);
  assert.deepEqual(rowsWith("bob@example.com"), []);
});

test("list-keys lists a tenant's service keys, or an account's own, and says no secret of theirs", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  assert.equal(await work(listKeys), "There are no service keys of the tenant default.");
  person("ada");
  person("bob");
  person("eve", tenantIdOf("acme"));
  const made = "1970-01-01 00:00 UTC";
  const rowsOf = (said: string) => said.split("\n").map((line) => line.split(/ {2,}/));
  const head = ["id", "name", "begins with", "scopes", "made", "by", "last used", "expires"];
  const service = (id: string) => [
    ...[`${id}s`, "What? It's", "sk_ssss", "–", made, id, "never", "never"],
  ];
  assert.deepEqual(rowsOf(await work(listKeys)), [head, service("bob"), service("ada")]);
  assert.deepEqual(rowsOf(await work(listKeys, ...ADA)), [
    head,
    ["adaa", "My [31mkey", "pk_aaaa", "profile:read", made, "ada", "never", "has expired"],
  ]);
  assert.deepEqual(rowsOf(await work(listKeys, "--tenant", "acme")), [head, service("eve")]);
  await refusedWork(/has no account with the address/, listKeys, "--email", "eve@example.com");
  await refusedWork(/no tenant with the slug/, listKeys, "--tenant", "zoo");
});

test("revoke-key revokes a key of either kind, of the tenant that is named alone", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  person("ada");
  person("eve", tenantIdOf("acme"));
  const left = () => database.rows("SELECT id FROM keys ORDER BY id").map(({ id }) => id);
  await refusedWork(
    /The tenant default has no key eves\.\n.*with --email .*account's.*service keys: admin list-keys$/,
    revokeKey,
    ...["--id", "eves"],
  );
  assert.deepEqual(left(), ["adaa", "adas", "evea", "eves"]);
  const said = "Revoked the key adas: it opens nothing any more.";
  assert.equal(await work(revokeKey, "--id", "adas"), said);
  await work(revokeKey, "--id", "adaa");
  await work(revokeKey, "--id", "evea", "--tenant", "acme");
  assert.deepEqual(left(), ["eves"]);
  assert.deepEqual(told(), [
    ["key-revoked", "ada", "What? It's"],
    ["key-revoked", "ada", "My \u001b[31mkey"],
  ]);
  await refusedWork(/has no key adas/, revokeKey, "--id", "adas");
  await refusedWork(/no tenant with the slug/, revokeKey, "--id", "eves", "--tenant", "zoo");
  assert.equal(told().length, 2);
});

test("send-password-reset says that the service has to do it, whatever database it is given", () => {
  for (const place of [[], ["--remote"], ["--persist-to", "x"]]) {
    assert.throws(
      () => sendPasswordReset.read("send-password-reset", [...ADA, ...place]),
      (error) =>
        error instanceof Problem &&
        error.message === "A link is mailed by the running service, and by no database." &&
        /^Name the service: npm run admin -- send-password-reset … --url/.test(error.advice),
    );
  }
  assert.doesNotMatch(sendPasswordReset.help("send-password-reset"), /--remote|--persist-to|--env/);
});

test("invite says that the service has to do it, whatever database it is given", () => {
  const email = ["--email", "ada@example.com"] as const;
  for (const place of [[], ["--remote"], ["--persist-to", "x"]]) {
    assert.throws(
      () => invite.read("invite", [...email, ...place]),
      (error) =>
        error instanceof Problem &&
        error.message ===
          "An invitation is a letter, which the running service sends and no database can." &&
        /^Name the service: npm run admin -- invite … --url https:\/\/auth\.example\.com\. .*npm run dev .*says where\. [^\d]*$/.test(
          error.advice,
        ),
    );
  }
  const url = ["--url", "https://auth.test"] as const;
  assert.throws(() => invite.read("invite", [...email, ...url, "--remote"]), /is no database/);
  assert.throws(
    () => invite.read("invite", [...email, ...url, "--language", "fr"]),
    /"fr" is no language/,
  );
  assert.doesNotMatch(invite.help("invite"), /--remote|--persist-to|--env/);
});

test("in another tenant than the default one a token has to be an operator's", () => {
  const url = ["--url", "https://auth.test"] as const;
  const scopes = (...args: readonly string[]) =>
    disableAccount.read("disable-account", [...ADA, ...url, ...args])?.task.overHttp?.scopes;
  assert.deepEqual(scopes(), ["admin:accounts"]);
  assert.deepEqual(scopes("--tenant", "acme"), ["admin:accounts", "admin:tenants"]);
  const ofKeys = listKeys.read("list-keys", [...ADA, ...url, "--tenant", "acme"]);
  const asked = ["admin:accounts:read", "admin:keys", "admin:tenants"];
  assert.deepEqual(ofKeys?.task.overHttp?.scopes, asked);
});

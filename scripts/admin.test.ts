import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { hkdfSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { eq } from "drizzle-orm";
import type { Role } from "../src/core/account/account.ts";
import { d1AccountRecords } from "../src/storage/d1/account-records.ts";
import { tenants } from "../src/storage/d1/schema.ts";
import { eventByOperator } from "./admin/event-by-operator.ts";
import { executeSql } from "./admin/execute-sql.ts";
import { storageOn } from "./admin/storage-on.ts";
import { Sql, sql } from "./sql.ts";
import { migrations } from "./test-support/migrations.ts";

const folder = mkdtempSync(join(tmpdir(), "admin-"));

const { signal } = new AbortController();

before(async () => {
  const statements = migrations().map((migration) => new Sql(migration));
  await executeSql(statements, { remote: false, persistTo: folder }, signal);
});

after(() => rmSync(folder, { recursive: true }));

test("writes to a local database, and says when nothing matched", () => {
  const tenant = ["--slug", "acme", "--name", 'Ann\'s; "Acme" -- BEGIN TRANSACTION; COMMIT;'];
  assert.match(onDatabase("create-tenant", ...tenant).said, /^Made the tenant acme/);
  const email = ["--email", "ada@example.com", "--tenant", "acme"];
  assert.match(onDatabase("create-superadmin", ...email).said, /^Made ada@example.com/);
  assert.match(onDatabase("create-superadmin", ...email).said, /is a superadmin .* already/);
  const alone = onDatabase("disable-account", ...email);
  assert.equal(alone.code, 1);
  assert.match(alone.said, /without a superadmin who can sign in/);
  onDatabase("create-superadmin", "--email", "bob@example.com", "--tenant", "acme");
  assert.match(onDatabase("disable-account", ...email).said, /^ada@example.com is disabled/);
  const nobody = onDatabase("disable-account", "--email", "ada@example.com");
  assert.equal(nobody.code, 1);
  assert.match(nobody.said, /The tenant default has no account with the address ada@example.com/);
});

test("goes on from one transaction to the next until an audit log is verified, and exported", () => {
  assert.match(onDatabase("audit", "verify").said, /^Nothing is sealed yet in the tenant default/);
  const exported = onDatabase("audit", "export", "--tenant", "acme").said;
  assert.match(
    exported,
    /"account-created".*"actor":"operator".*\n.*"account-created".*\n.*"account-disabled".*"actor":"operator".*\n3 events\.$/m,
  );
  const wrong = onDatabase("audit", "verify", "--head", "3");
  assert.match(wrong.said, /"3" is not a seal/);
  assert.equal(wrong.code, 1);
});

test("runs the service's own statements on a local database, and by wrangler as on a remote one", async () => {
  const acme = ["--tenant", "acme"];
  const ada = ["--email", "ada@example.com", ...acme];
  const rows = /^ada@example.com +superadmin +disabled .*\nbob@example.com +superadmin +– +20/m;
  assert.match(onDatabase("find-accounts", "--email-prefix", "", ...acme).said, rows);
  assert.match(onDatabase("end-sessions", ...ada).said, /signed out everywhere. Sessions ended: 0/);
  const last = onDatabase("remove-account", "--email", "bob@example.com", ...acme);
  assert.equal(last.code, 1);
  assert.match(last.said, /without a superadmin who can sign in/);

  const byWrangler = storageOn({
    execute: (all) => executeSql(all, { remote: false, persistTo: folder }, signal),
    close: async () => {},
  });
  const [tenant] = await byWrangler.select().from(tenants).where(eq(tenants.slug, "acme"));
  assert.ok(tenant);
  const records = d1AccountRecords(byWrangler);
  const search = { emailPrefix: "", afterEmail: null, most: 9 };
  const [found] = await records.search(tenant.id, search);
  assert.deepEqual(
    [found?.email, found?.role, typeof found?.disabledAt?.getTime(), found?.twoFactorEnabled],
    ["ada@example.com", "superadmin", "number", false],
  );
  const target = { tenantId: tenant.id, accountId: found?.id ?? "", email: found?.email ?? "" };
  const event = eventByOperator("account-removed", target, new Date());
  const remove = (...roles: readonly Role[]) => records.remove({ ...target, roles }, event);
  assert.deepEqual([await remove("user"), await remove("superadmin")], [false, true]);
  assert.deepEqual(
    (await records.search(tenant.id, search)).map(({ email }) => email),
    ["bob@example.com"],
  );
});

test("a reserved slug is refused before any database is asked", () => {
  const { code, said } = admin("create-tenant", "--slug", "oauth", "--name", "x");
  assert.equal(code, 1);
  assert.match(said, /The slug oauth is reserved/);
});

test("a remote database is not written to without a terminal or --yes", () => {
  const { code, said } = admin("disable-account", "--email", "ada@example.com", "--remote");
  assert.equal(code, 1);
  assert.match(said, /this will disable ada@example.com .*Nothing was written/s);
});

test("what is announced goes beside the results, and nothing is of a command that only reads", () => {
  const disabling = admin("disable-account", "--email", "ada@example.com", "--remote");
  assert.equal(disabling.out, "");
  assert.doesNotMatch(admin("list-tenants", "--url", "http://127.0.0.1:9").said, /this will/);
});

test("a command that works on the database says so to a --url", () => {
  for (const url of [["--url", "http://localhost:8787"], ["--url=http://localhost:8787"]]) {
    const { code, said } = admin("audit", "verify", ...url);
    assert.equal(code, 1);
    assert.match(said, /audit verify works on the database.*\nLeave --url away; --remote has it/);
  }
});

test("the database of staging is named by its environment, and one at hand has none", () => {
  const disable = ["disable-account", "--email", "ada@example.com"];
  const staging = admin(...disable, "--remote", "--env", "staging");
  assert.match(staging.said, /In the remote database latchkey-staging \(/);
  assert.match(admin(...disable, "--env", "staging").said, /one of a remote database/);
  assert.match(admin(...disable, "--remote", "--env", "test").said, /no environment test/);
});

test("a wrong command and none print the list, --help too", () => {
  for (const args of [["remove-everything"], ["toString"], []]) {
    const { code, said } = admin(...args);
    assert.equal(code, 1);
    assert.match(said, /create-superadmin .*allow-front-end/s);
  }
  assert.match(admin("--help").said, /^npm run admin -- <command>/);
  const { code, said } = admin("set-flag", "--help");
  assert.equal(code, 0);
  assert.match(said, /--flag <zapier\|must-reset-password>/);
});

test("accounts come in, are told apart in a report, go on after a break, and come out again", async () => {
  const file = join(folder, "accounts.ndjson");
  const hash = "$2b$04$L9vd6NSa3p96wZMd5wbBCeaTkByqspFVHOPRDEc992Yb10cimhzA2";
  const rows = ["joan", "grace"].map((name) => ({
    email: `${name}@example.com`,
    password_hash: hash,
  }));
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const importing = ["import", "--file", file];
  assert.match(onDatabase(...importing).said, /has not run on this database yet/);
  await ranUnder("a-secret-that-the-service-has-not-got");
  assert.match(onDatabase(...importing).said, /is not the one that the service runs with/);
  await ranUnder(SECRET);

  const { code, said } = onDatabase(...importing);
  assert.equal(code, 0);
  assert.match(said, /^Imported: 2\.\nThere already: 0\. Refused: 0\.$/m);
  const report = `${file}.report.ndjson`;
  const [about = "", ...lines] = readFileSync(report, "utf8").split("\n");
  assert.deepEqual(
    lines.map((line) => line.slice(0, 32)),
    ['{"line":1,"outcome":"imported","', '{"line":2,"outcome":"imported","', ""],
  );
  assert.match(onDatabase(...importing).said, /There is a report at .* already/);
  writeFileSync(report, `${about}\n${lines[0]}\n{"line":2,"out`);
  assert.match(
    onDatabase(...importing, "--resume", report).said,
    /Imported: 0\.\nThere already: 1/,
  );

  const out = join(folder, "out.ndjson");
  assert.match(
    onDatabase("export", "--file", out).said,
    /: 2 accounts, with their password hashes/,
  );
  const exported = readFileSync(out, "utf8");
  assert.match(exported, /^\{.*"email":"grace@example.com".*\}\n\{.*"joan@example.com".*\}\n$/);
  assert.doesNotMatch(exported, /\$2b/);
  assert.match(onDatabase("export", "--file", out).said, /There is a file .* already/);

  const person = join(folder, "joan.json");
  onDatabase("export-person", "--email", "joan@example.com", "--file", person);
  assert.match(readFileSync(person, "utf8"), /"email": "joan@example.com"/);
});

test("REL-07: what is imported or made goes by the database's clock, whatever the operator's says", async () => {
  await ranUnder(SECRET);
  const file = join(folder, "late.ndjson");
  writeFileSync(file, '{"email":"late@example.com","disabled":true,"email_verified":true}\n');
  const wrong = Date.UTC(2001, 8, 9);
  const from = Date.now();
  const importing = ["import", "--file", file, "--persist-to", folder];
  assert.match(adminAt(wrong, ...importing).said, /^Imported: 1\.$/m);
  const making = ["create-superadmin", "--email", "later@example.com", "--persist-to", folder];
  assert.match(adminAt(wrong, ...making).said, /^Made later@example.com/);

  const [accounts = [], told = []] = await executeSql(
    [
      sql`SELECT id, created_at, updated_at, email_verified_at, disabled_at FROM accounts
        WHERE email LIKE 'late%'`,
      sql`SELECT id, at FROM audit_events ORDER BY rowid DESC LIMIT 2`,
    ],
    { remote: false, persistTo: folder },
    signal,
  );
  assert.deepEqual([accounts.length, told.length], [2, 2]);
  for (const { id, ...times } of [...accounts, ...told]) {
    assert.match(String(id), /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    const madeAt = Number.parseInt(String(id).replace("-", "").slice(0, 12), 16);
    for (const at of [madeAt, ...Object.values(times).filter((time) => time !== null)]) {
      // SQLite counts seconds in floating point: what is cut off may be a millisecond.
      assert.ok(Number(at) >= from - 1 && Number(at) <= Date.now(), `${at}`);
    }
  }
});

test("an import ends with 2 where a line was refused, and with 1 where it cannot begin", () => {
  const file = join(folder, "broken.ndjson");
  writeFileSync(file, '{"email":"\n');
  const { code, said } = onDatabase("import", "--file", file);
  assert.equal(code, 2);
  assert.match(said, /Refused: 1/);
  assert.equal(onDatabase("import", "--file", join(folder, "none")).code, 1);
  assert.match(onDatabase("import", "--file", file, "--format", "x").said, /"x" is no format/);
});

const SECRET = "a-secret-for-this-file-that-is-long-enough";

/** Leaves what a service with this secret leaves behind. RFC 5869. */
async function ranUnder(secret: string): Promise<void> {
  const id = Buffer.from(hkdfSync("sha256", secret, "", "latchkey/secret-id", 32)).toString(
    "hex",
    0,
    4,
  );
  const statements = [
    new Sql("DELETE FROM signing_keys"),
    new Sql(`INSERT INTO signing_keys VALUES (1, 'k', '{}', '${id}.x', 1, 1, NULL)`),
  ];
  await executeSql(statements, { remote: false, persistTo: folder }, signal);
}

function onDatabase(...args: string[]) {
  return admin(...args, "--persist-to", folder);
}

function admin(...args: string[]) {
  return runAdmin([], args);
}

/** The same on a machine whose clock stands still, and is wrong. */
function adminAt(wrong: number, ...args: string[]) {
  const clock = `globalThis.Date = class extends Date {
    constructor(...given) { given.length > 0 ? super(...given) : super(${wrong}); }
    static now() { return ${wrong}; }
  };`;
  return runAdmin(["--import", `data:text/javascript,${encodeURIComponent(clock)}`], args);
}

function runAdmin(
  options: readonly string[],
  args: readonly string[],
): { code: number | null; said: string; out: string } {
  const program = ["--js-base-64", ...options, "scripts/admin.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    encoding: "utf8",
    env: { ...process.env, AUTH_SECRET: SECRET },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { code: status, said: stdout + stderr, out: stdout };
}

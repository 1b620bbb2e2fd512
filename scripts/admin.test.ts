import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { executeSql } from "./admin/execute-sql.ts";
import { Sql } from "./sql.ts";
import { migrations } from "./test-support/migrations.ts";

const folder = mkdtempSync(join(tmpdir(), "admin-"));

before(async () => {
  const statements = migrations().map((migration) => new Sql(migration));
  await executeSql(statements, { remote: false, persistTo: folder }, new AbortController().signal);
});

after(() => rmSync(folder, { recursive: true }));

test("writes to a local database, and says when nothing matched", () => {
  const tenant = ["--slug", "acme", "--name", 'Ann\'s; "Acme" -- BEGIN TRANSACTION; COMMIT;'];
  assert.match(onDatabase("create-tenant", ...tenant).said, /^Made the tenant acme/);
  const email = ["--email", "ada@example.com", "--tenant", "acme"];
  assert.match(onDatabase("create-superadmin", ...email).said, /^Made ada@example.com/);
  assert.match(onDatabase("create-superadmin", ...email).said, /is a superadmin .* already/);
  assert.match(onDatabase("disable-account", ...email).said, /^ada@example.com is disabled/);
  const nobody = onDatabase("disable-account", "--email", "ada@example.com");
  assert.equal(nobody.code, 1);
  assert.match(nobody.said, /The tenant default has no account with the address ada@example.com/);
});

test("goes on from one transaction to the next until an audit log is verified, and exported", () => {
  assert.match(onDatabase("audit", "verify").said, /^Nothing is sealed yet in the tenant default/);
  assert.equal(onDatabase("audit", "export").said, "0 events.\n");
  const wrong = onDatabase("audit", "verify", "--head", "3");
  assert.match(wrong.said, /"3" is not a seal/);
  assert.equal(wrong.code, 1);
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

function onDatabase(...args: string[]) {
  return admin(...args, "--persist-to", folder);
}

function admin(...args: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/admin.ts", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { code: status, said: stdout + stderr };
}

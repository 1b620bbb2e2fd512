import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { disableAccount } from "./disable-account.ts";

const { database, person, refused, run, standing, told } = commandsOnFreshDatabase();

test("create-superadmin makes an account without a password and says how to set one", () => {
  const said = run(createSuperadmin, "--email", " Ada@Example.com ");
  assert.match(said, /^Made ada@example.com, a superadmin .*https:\/\/auth.test\/forgot/s);
  const [account] = database.rows("SELECT * FROM accounts");
  assert.equal(account?.["email"], "ada@example.com");
  assert.equal(account?.["role"], "superadmin");
  assert.equal(account?.["email_verified_at"], account?.["created_at"]);
  const [password] = database.rows("SELECT hash, reset_link_number AS link FROM passwords");
  assert.deepEqual(password, { hash: null, link: 0 });
});

test("create-superadmin run twice changes nothing the second time", () => {
  run(createSuperadmin, "--email", "ada@example.com");
  const before = database.rows("SELECT * FROM accounts, passwords");
  assert.match(run(createSuperadmin, "--email", "ada@example.com"), /is a superadmin .* already/);
  assert.deepEqual(database.rows("SELECT * FROM accounts, passwords"), before);
});

test("create-superadmin names every other superadmin of the tenant, who may be a stranger", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const acme = ["--tenant", "acme"] as const;
  run(createSuperadmin, "--email", "elsewhere@example.com");
  assert.doesNotMatch(run(createSuperadmin, "--email", "eve@example.com", ...acme), /Other super/);
  run(createSuperadmin, "--email", "ada@example.com", ...acme);
  run(disableAccount, "--email", "eve@example.com", ...acme);
  const said = run(createSuperadmin, "--email", "bob@example.com", ...acme);
  assert.match(
    said,
    /^Other superadmins of the tenant acme: ada@example.com, eve@example.com \(disabled\)\.\n.*: admin disable-account --tenant acme/m,
  );
});

test("create-superadmin names the way of another tenant to a first password", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const said = run(createSuperadmin, "--email", "ada@example.com", "--tenant", "acme");
  assert.match(
    said,
    /auth.test\/acme\/api\/v1\/auth\/send-code.*verify-code.*set-initial-password/s,
  );
});

test("create-superadmin promotes an account and leaves it what it has but sessions and API keys", () => {
  person({ verifiedAt: 5 });
  const said = run(createSuperadmin, "--email", "ada@example.com");
  assert.equal(
    said.split("\n")[0],
    "Promoted ada@example.com from user to superadmin of the tenant default. Sessions ended: 1. API keys revoked: 1.",
  );
  const kept = { hash: "hash", live: 0, keys: 0 };
  assert.deepEqual(standing(), { role: "superadmin", verified: 5, ...kept });
});

test("create-superadmin leaves nothing to whoever registered an address without proving it", () => {
  person({ verifiedAt: null });
  const said = run(createSuperadmin, "--email", "ada@example.com");
  assert.match(said, /had not been proved.*forgot/s);
  const { verified, ...rest } = standing();
  assert.ok(Number(verified) > 5);
  assert.deepEqual(rest, { role: "superadmin", hash: null, live: 0, keys: 0 });
});

test("create-superadmin ends the sessions of a superadmin who never proved the address", () => {
  person({ verifiedAt: null });
  database.rows("UPDATE accounts SET role = 'superadmin'");
  assert.equal(standing().live, 1);
  run(createSuperadmin, "--email", "ada@example.com");
  assert.equal(standing().live, 0);
});

test("create-superadmin says that an account is disabled, and lets it stay so", () => {
  person({ verifiedAt: 5 });
  run(disableAccount, "--email", "ada@example.com");
  const said = run(createSuperadmin, "--email", "ada@example.com");
  assert.match(said, /It is disabled: admin enable-account --email ada@example.com/);
  assert.equal(database.rows("SELECT 1 FROM accounts WHERE disabled_at IS NULL").length, 0);
});

test("create-superadmin says of a disabled account in which tenant it is to be enabled", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const acme = ["--tenant", "acme"] as const;
  run(createSuperadmin, "--email", "ada@example.com", ...acme);
  run(createSuperadmin, "--email", "bob@example.com", ...acme);
  run(disableAccount, "--email", "ada@example.com", ...acme);
  assert.match(
    run(createSuperadmin, "--email", "ada@example.com", ...acme),
    /: admin enable-account --email ada@example.com --tenant acme$/m,
  );
});

test("create-superadmin writes down what it changes: that it made, promoted or proved an account", () => {
  person({ verifiedAt: null });
  const [account] = database.rows("SELECT id FROM accounts");
  const email = ["--email", "ada@example.com"] as const;
  for (let twice = 0; twice < 2; twice++) {
    run(createSuperadmin, ...email);
  }
  database.rows("UPDATE accounts SET role = 'admin'");
  run(createSuperadmin, ...email);
  refused(/no tenant/, createSuperadmin, ...email, "--tenant", "none");

  assert.deepEqual(told(), [
    ["account-created", account?.["id"], "superadmin"],
    ["key-revoked", account?.["id"], "n"],
    ["account-changed", account?.["id"], "e-mail verified"],
    ["role-changed", account?.["id"], "superadmin"],
    ["role-changed", account?.["id"], "superadmin"],
  ]);
});

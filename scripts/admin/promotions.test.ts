import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { disableAccount } from "./disable-account.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { setRole } from "./set-role.ts";

const { database, person, refused, run, standing, told, work } = commandsOnFreshDatabase();

test("whoever knows a password is no reason not to take a role away", () => {
  const intent = setRole.read("set-role", ["--email", "ada@example.com", "--role", "user"])?.task
    .intent;
  assert.equal(intent, "give ada@example.com the role user in the tenant default");
});

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
] as const) {
  test(`a promotion by ${name} ends sessions and voids what was approved, and nothing else does`, () => {
    person({ verifiedAt: 5 });
    const email = ["--email", "ada@example.com"] as const;
    const changedAt = () =>
      Number(database.rows("SELECT changed_at AS at FROM passwords")[0]?.["at"]);
    database.rows("UPDATE passwords SET changed_at = 5");
    assert.match(run(command, ...email, ...args), /Sessions ended: 1\./);
    assert.ok(changedAt() > 5);
    assert.equal(standing().live, 0);

    database.rows("UPDATE sessions SET revoked_at = NULL");
    database.rows("UPDATE passwords SET changed_at = 5");
    run(command, ...email, ...args);
    run(createSuperadmin, "--email", "eve@example.com");
    database.rows("UPDATE accounts SET role = 'superadmin'");
    run(setRole, ...email, "--role", "user");
    assert.equal(standing().live, 1);
    database.rows("UPDATE accounts SET email_verified_at = NULL WHERE email = 'ada@example.com'");
    refused(/has not proved/, setRole, ...email, "--role", "admin");
    assert.equal(standing().live, 1);
    assert.equal(database.rows("SELECT 1 FROM passwords WHERE changed_at = 5").length, 1);
  });
}

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
] as const) {
  test(`a promotion by ${name} revokes the account's API keys and tells of each, and nothing else does`, async () => {
    person({ verifiedAt: 5 });
    for (const [id, kind, of] of [
      ["k2", "api", "id"],
      ["of the tenant", "service", "id"],
      ["of somebody", "api", "'somebody else'"],
    ] as const) {
      database.rows(`INSERT INTO keys
          (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at)
        SELECT '${id}', tenant_id, ${of}, '${kind}', '${id}', 'p', '${id}', '[]', 1 FROM accounts`);
    }
    const email = ["--email", "ada@example.com"] as const;
    const keys = () => database.rows("SELECT id FROM keys ORDER BY id").map(({ id }) => id);
    assert.match(run(command, ...email, ...args), /API keys revoked: 2\./);
    assert.deepEqual(keys(), ["of somebody", "of the tenant"]);
    const [account] = database.rows("SELECT id FROM accounts");
    assert.deepEqual(
      told().filter(([event]) => event === "key-revoked"),
      ["n", "k2"].map((subject) => ["key-revoked", account?.["id"], subject]),
    );

    database.rows("UPDATE keys SET account_id = (SELECT id FROM accounts), kind = 'api'");
    run(command, ...email, ...args);
    run(createSuperadmin, "--email", "eve@example.com");
    database.rows("UPDATE accounts SET role = 'superadmin'");
    run(setRole, ...email, "--role", "user");
    run(disableAccount, ...email);
    await work(removeSecondFactor, ...email);
    database.rows("UPDATE accounts SET email_verified_at = NULL WHERE email = 'ada@example.com'");
    refused(/has not proved/, setRole, ...email, "--role", "admin");
    assert.equal(keys().length, 2);
  });
}

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
] as const) {
  test(`a promotion by ${name} says what whoever registered the account keeps, before it is made and after`, () => {
    const promote = ["--email", "ada@example.com", ...args] as const;
    assert.match(command.read(name, promote)?.task.intent ?? "", /whoever knows its password/);
    person({ verifiedAt: 5 });
    database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
      SELECT id, 'e', 's', 1 FROM accounts`);
    for (const id of ["one", "two"]) {
      database.rows(`INSERT INTO passkeys
          (id, tenant_id, account_id, name, credential_id, public_key, counter, transports, created_at)
        SELECT '${id}', tenant_id, id, 'n', '${id}', 'p', 0, '[]', 1 FROM accounts`);
    }
    const everything = "its password, passkeys (2), its authenticator app";
    assert.ok(
      run(command, ...promote).includes(`\nIt keeps ${everything}. Whoever registered ada@`),
    );
    assert.doesNotMatch(run(command, ...promote), /It keeps/);

    database.rows("UPDATE accounts SET role = 'user'");
    database.rows("UPDATE second_factors SET confirmed_at = NULL");
    database.rows("DELETE FROM passkeys");
    assert.match(run(command, ...promote), /\nIt keeps its password\. /);
    database.rows("UPDATE accounts SET role = 'user'");
    database.rows("UPDATE passwords SET hash = NULL");
    assert.doesNotMatch(run(command, ...promote), /It keeps/);
  });
}

test("set-role gives a role, but no power to an address that nobody proved", () => {
  person({ verifiedAt: null });
  const email = ["--email", "ada@example.com"] as const;
  refused(/has not proved its address/, setRole, ...email, "--role", "admin");
  assert.equal(standing().role, "user");
  database.rows("UPDATE accounts SET email_verified_at = 5");
  assert.match(run(setRole, ...email, "--role", "admin"), /was user .*, now admin/);
  assert.equal(standing().role, "admin");
  assert.match(run(setRole, ...email, "--role", "admin"), /already/);
  refused(/not a role/, setRole, ...email, "--role", "root");
});

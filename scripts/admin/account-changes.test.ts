import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { commandsOnFreshDatabase, FAR } from "../test-support/commands-on-fresh-database.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { disableAccount } from "./disable-account.ts";
import { enableAccount } from "./enable-account.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { setFlag } from "./set-flag.ts";
import { setRole } from "./set-role.ts";

const { database, person, refused, run, standing, work } = commandsOnFreshDatabase();

test("set-flag sets and clears either flag", () => {
  person({ verifiedAt: 5 });
  const email = ["--email", "ada@example.com"] as const;
  const flags = () => database.rows("SELECT zapier AS z, must_reset_password AS m FROM accounts");
  run(setFlag, ...email, "--flag", "zapier", "--on");
  run(setFlag, ...email, "--flag", "must-reset-password", "--on");
  assert.deepEqual(flags(), [{ z: 1, m: 1 }]);
  run(setFlag, ...email, "--flag", "zapier", "--off");
  assert.deepEqual(flags(), [{ z: 0, m: 1 }]);
  refused(/on or off/, setFlag, ...email, "--flag", "zapier");
  refused(/on or off/, setFlag, ...email, "--flag", "zapier", "--on", "--off");
  refused(/not a flag/, setFlag, ...email, "--flag", "role", "--on");
});

test("disable-account ends the account's sessions, enable-account lets it in again", () => {
  person({ verifiedAt: 5 });
  const email = ["--email", "ada@example.com"] as const;
  assert.match(run(disableAccount, ...email), /is disabled. Sessions ended: 1/);
  assert.equal(standing().live, 0);
  const [before] = database.rows("SELECT disabled_at FROM accounts");
  assert.match(run(disableAccount, ...email), /as it was. Sessions ended: 0/);
  assert.deepEqual(database.rows("SELECT disabled_at FROM accounts"), [before]);
  assert.equal(run(enableAccount, ...email), "ada@example.com is enabled.");
  assert.match(run(enableAccount, ...email), /as it was/);
  assert.equal(standing().live, 0);
});

test("ADM-04: disable-account and set-role leave a tenant a superadmin who can sign in", () => {
  const ada = ["--email", "ada@example.com"] as const;
  const eve = ["--email", "eve@example.com"] as const;
  const refusedBoth = () => {
    const before = database.rows("SELECT * FROM accounts, passwords, audit_events");
    for (const args of [
      [disableAccount],
      [setRole, "--role", "admin"],
      [setRole, "--role", "user"],
    ] as const) {
      const [command, ...more] = args;
      refused(
        /without a superadmin who can sign in.*create-superadmin --tenant default/s,
        command,
        ...ada,
        ...more,
      );
    }
    assert.deepEqual(database.rows("SELECT * FROM accounts, passwords, audit_events"), before);
    assert.equal(standing().live, 1);
  };
  person({ verifiedAt: 5 });
  database.rows("UPDATE accounts SET role = 'superadmin'");
  run(createTenant, "--slug", "acme", "--name", "Acme");
  run(createSuperadmin, ...eve, "--tenant", "acme");
  refusedBoth();
  run(createSuperadmin, ...eve);
  run(disableAccount, ...eve);
  refusedBoth();
  run(enableAccount, ...eve);
  assert.match(run(setRole, ...ada, "--role", "user"), /was superadmin .*, now user/);
});

for (const [name, command] of [
  ["disable-account", disableAccount],
  ["remove-second-factor", removeSecondFactor],
] as const) {
  test(`what an account approved before ${name} opens nothing after it`, async () => {
    person({ verifiedAt: 5 });
    const secondFactor = () =>
      database.rows(`INSERT OR IGNORE INTO second_factors
        (account_id, enrolment_id, sealed_secret, confirmed_at)
        SELECT id, 'e', 's', 1 FROM accounts`);
    secondFactor();
    const changedAt = () =>
      Number(database.rows("SELECT changed_at AS at FROM passwords")[0]?.["at"]);
    database.rows("UPDATE passwords SET changed_at = 5");
    await work(command, "--email", "ada@example.com");
    assert.ok(changedAt() > 5);
    database.rows(`UPDATE passwords SET changed_at = ${FAR}`);
    secondFactor();
    await work(command, "--email", "ada@example.com");
    assert.equal(changedAt(), FAR);
  });
}

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
  ["disable-account", disableAccount],
  ["remove-second-factor", removeSecondFactor],
] as const) {
  for (const [clock, typedAt] of [
    ["lies behind, as it does once the operator is asked", 5],
    ["is ahead", FAR + 1],
  ] as const) {
    test(`${name} ends what there is when it is carried out, where the operator's clock ${clock}`, async () => {
      person({ verifiedAt: 5 });
      database.rows("UPDATE passwords SET changed_at = 5");
      database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
        SELECT id, 'e', 's', 1 FROM accounts`);
      const from = Date.now();
      mock.timers.enable({ apis: ["Date"], now: typedAt });
      await work(command, "--email", "ada@example.com", ...args);
      mock.timers.reset();

      const [ended] = database.rows("SELECT changed_at, revoked_at FROM passwords, sessions");
      for (const at of Object.values(ended ?? {})) {
        // SQLite counts seconds in floating point: what is cut off may be a millisecond.
        assert.ok(Number(at) >= from - 1 && Number(at) <= Date.now(), `${at}`);
      }
    });
  }
}

test("remove-second-factor takes app and codes away and ends the sessions", async () => {
  person({ verifiedAt: 5 });
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
    SELECT id, 'e', 's', 1 FROM accounts`);
  database.rows("INSERT INTO recovery_codes (account_id, digest) SELECT id, 'd' FROM accounts");
  const email = ["--email", "ada@example.com"] as const;
  assert.match(
    await work(removeSecondFactor, ...email),
    /without a second factor now. Its sessions ended/,
  );
  assert.deepEqual(database.rows("SELECT 1 FROM second_factors, recovery_codes"), []);
  assert.equal(standing().live, 0);
});

test("remove-second-factor changes nothing where none is on", async () => {
  person({ verifiedAt: 5 });
  const email = ["--email", "ada@example.com"] as const;
  const living = () => database.rows("SELECT 1 FROM sessions WHERE revoked_at IS NULL").length;
  const none = /has no second factor. Nothing was changed/;
  assert.match(await work(removeSecondFactor, ...email), none);
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret)
    SELECT id, 'e', 's' FROM accounts`);
  assert.match(await work(removeSecondFactor, ...email), none);
  assert.equal(living(), 1);
  const told = "SELECT 1 FROM audit_events WHERE event = 'second-factor-removed'";
  assert.deepEqual(database.rows(told), []);
});

test("what an operator does to an account is written down once, and what changes nothing is not", async () => {
  person({ verifiedAt: 5 });
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
    SELECT id, 'e', 's', 1 FROM accounts`);
  const email = ["--email", "ada@example.com"] as const;
  for (let twice = 0; twice < 2; twice++) {
    run(setRole, ...email, "--role", "admin");
    run(setFlag, ...email, "--flag", "zapier", "--on");
    await work(removeSecondFactor, ...email);
    run(disableAccount, ...email);
  }
  run(enableAccount, ...email);
  refused(/not a role/, setRole, ...email, "--role", "root");

  const told = database.rows(`SELECT event, subject, actor_id AS actor FROM audit_events
    WHERE account_id = (SELECT id FROM accounts) ORDER BY rowid`);
  const actor = "operator";
  assert.deepEqual(told, [
    { event: "account-created", subject: "superadmin", actor },
    { event: "key-revoked", subject: "n", actor },
    { event: "role-changed", subject: "admin", actor },
    { event: "account-changed", subject: "zapier on", actor },
    { event: "second-factor-removed", subject: null, actor },
    { event: "account-disabled", subject: null, actor },
    { event: "account-enabled", subject: null, actor },
  ]);
});

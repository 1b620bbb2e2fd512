import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, mock, test } from "node:test";
import { commandsOn } from "../test-support/commands-on.ts";
import { type MemoryDatabase, schemaInMemory } from "../test-support/schema-in-memory.ts";
import { COMMANDS } from "./commands.ts";

/** What operators' clocks say that are wrong. */
const CLOCKS = { behind: Date.UTC(2001, 8, 9), ahead: Date.UTC(2101, 8, 9) };
const YEAR_MS = 366 * 86_400_000;
const FAR = 9_000_000_000_000;
const TENANT = "00000000-0000-7000-8000-000000000000";
const ADA = "--email ada@example.com";
const BOB = "--email bob@example.com";
const ID = "(SELECT id FROM accounts WHERE email LIKE 'bob@%')";

const folder = mkdtempSync(join(tmpdir(), "stored-times-"));
after(() => rmSync(folder, { recursive: true }));

interface Deed {
  name: string;
  args: string;
  /** Statements that make ready what it is done to. */
  given?: readonly string[];
}

/** What stores something, in an order in which each finds what it is done to. Files are another's for each clock. */
const deedsWith = (file: (text: string) => string): readonly Deed[] => [
  { name: "create-superadmin", args: ADA },
  { name: "create-superadmin", args: BOB, given: ["UPDATE accounts SET role = 'user'"] },
  {
    name: "create-superadmin",
    args: ADA,
    given: [
      "UPDATE accounts SET email_verified_at = NULL WHERE email LIKE 'ada@%'",
      `INSERT INTO keys SELECT 'a', '${TENANT}', id, 'api', 'n', 'p', 'a', '[]', 1, NULL, NULL
        FROM accounts WHERE email LIKE 'ada@%'`,
    ],
  },
  { name: "create-tenant", args: "--slug acme --name Acme --open" },
  { name: "set-registration", args: "--tenant acme --closed" },
  { name: "set-brand", args: "--tenant acme --name Acme" },
  { name: "set-sender", args: "--tenant acme --name Acme" },
  {
    name: "set-letter",
    args: `--kind login-code --language en --file ${file('{"subject": "Your code"}')}`,
  },
  {
    name: "create-client",
    args: "--id tv --name TV --grants device_code --scopes openid --confidential",
  },
  { name: "set-client", args: "--id tv --name Television" },
  { name: "remove-client", args: "--id tv", given: [session("c", "tv")] },
  {
    name: "set-role",
    args: `${BOB} --role admin`,
    given: [
      "UPDATE accounts SET role = 'user' WHERE email LIKE 'bob@%'",
      session("r", null),
      `INSERT INTO keys SELECT 'k', '${TENANT}', ${ID}, 'api', 'n', 'p', 'k', '[]', 1, NULL, NULL`,
    ],
  },
  { name: "set-flag", args: `${BOB} --flag zapier --on` },
  { name: "disable-account", args: BOB, given: [session("d", null)] },
  { name: "enable-account", args: BOB },
  { name: "end-sessions", args: BOB, given: [session("e", null)] },
  {
    name: "remove-second-factor",
    args: BOB,
    given: [
      session("f", null),
      `INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
        SELECT ${ID}, 'e', 's', 1`,
    ],
  },
  {
    name: "revoke-key",
    args: "--id s",
    given: [
      `INSERT INTO keys SELECT 's', '${TENANT}', ${ID}, 'service', 'n', 'p', 's', '[]', 1, NULL, NULL`,
    ],
  },
  { name: "remove-account", args: BOB },
  { name: "allow-front-end", args: "--alias studio --to https://studio.test" },
  { name: "allow-front-end", args: "--alias studio --to https://moved.test" },
  { name: "remove-front-end", args: "--alias studio" },
  {
    name: "lift-suppression",
    args: ADA,
    given: [
      `INSERT INTO suppressed_addresses (tenant_id, email, reason, detail, at, until)
        VALUES ('${TENANT}', 'ada@example.com', 'bounced', '550', 1, ${FAR})`,
    ],
  },
  {
    name: "rotate-signing-key",
    args: "",
    given: [
      `INSERT INTO signing_keys VALUES (1, 'one', '{}', 'x', 1, 1, NULL),
        (2, 'two', '{}', 'x', 1, ${FAR}, NULL)`,
    ],
  },
  { name: "retire-signing-key", args: "--kid one" },
  { name: "create-webhook", args: "--to https://hooks.example.com/a" },
  { name: "rotate-webhook", args: "--id w", given: ["UPDATE webhooks SET id = 'w'"] },
  { name: "enable-webhook", args: "--id w", given: ["UPDATE webhooks SET disabled_at = 1"] },
  { name: "remove-webhook", args: "--id w" },
];

function session(id: string, clientId: string | null): string {
  const client = clientId === null ? "NULL" : `'${clientId}'`;
  return `INSERT INTO sessions
      (id, number, tenant_id, account_id, contract, client_id, created_at, expires_at, ends_at)
    SELECT '${id}', 1, '${TENANT}', ${ID}, 'oauth', ${client}, ${FAR - 1}, ${FAR}, ${FAR}`;
}

/** Every number and every UUID's time in any row of any table. */
function everyTime(database: MemoryDatabase): number[] {
  return database
    .rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    .flatMap(({ name }) => database.rows(`SELECT * FROM "${name}"`))
    .flatMap((row) => Object.values(row))
    .flatMap((cell) => (typeof cell === "number" ? [cell] : timesIn(String(cell))));
}

function timesIn(text: string): number[] {
  const ids = text.matchAll(/([\da-f]{8})-([\da-f]{4})-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}/g);
  return [...ids].map(([, high = "", low = ""]) => Number.parseInt(high + low, 16));
}

for (const [clock, wrong] of Object.entries(CLOCKS)) {
  const database = schemaInMemory();
  const { work } = commandsOn(() => database);
  const file = (text: string) => {
    const path = join(folder, `${clock}-${text.length}.json`);
    writeFileSync(path, text);
    return path;
  };

  for (const { name, args, given = [] } of deedsWith(file)) {
    test(`REL-07: what ${name} stores goes by the database's clock, and the operator's is ${clock}`, async () => {
      for (const statement of given) {
        database.rows(statement);
      }
      const before = database.rows("SELECT id FROM audit_events").length;
      const from = Date.now();
      mock.timers.enable({ apis: ["Date"], now: wrong });
      try {
        await work(COMMANDS[name] ?? assert.fail(name), ...args.split(" ").filter(Boolean));
      } finally {
        mock.timers.reset();
      }

      const told = database.rows("SELECT id, at FROM audit_events ORDER BY rowid").slice(before);
      assert.ok(told.length > 0);
      for (const { id, at } of told) {
        assert.deepEqual(timesIn(String(id)), [at]);
        // SQLite counts seconds in floating point: what is cut off may be a millisecond.
        assert.ok(Number(at) >= from - 1 && Number(at) <= Date.now(), `it was told at ${at}`);
      }
      const byOperator = everyTime(database).filter((time) => Math.abs(time - wrong) < YEAR_MS);
      assert.deepEqual(byOperator, []);
    });
  }
}

test("every command that stores something in a database is held to that", () => {
  // It takes a Node that is started otherwise: scripts/admin.test.ts has it do the same.
  const others = ["import"];
  const stores = Object.entries(COMMANDS).filter(([name, command]) => {
    const help = command.help(name);
    return help.includes("--yes") && help.includes("--persist-to");
  });
  assert.deepEqual(
    [...new Set([...others, ...deedsWith(String).map(({ name }) => name)])].sort(),
    stores.map(([name]) => name).sort(),
  );
});

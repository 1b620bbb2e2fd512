import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { type MemoryDatabase, schemaInMemory } from "../test-support/schema-in-memory.ts";
import { secretStatus } from "./secret-status.ts";

const SITE = { publicUrl: "https://auth.test", admin: (line: string) => `admin ${line}` };
const HOUR = 3_600_000;

let database: MemoryDatabase;

beforeEach(() => {
  database = schemaInMemory();
});

function said(): string[] {
  const order = secretStatus.read("secret-status", []);
  assert.ok(order?.task.readsOnly);
  return order.task.report(database.run(order.task.statements), SITE);
}

/** The hourly run has said that this is the current secret. */
function ran(at = Date.now()): void {
  database.rows(`INSERT INTO marks VALUES ('secret', 'bbbbbbbb', ${at})`);
}

function sealed({ keys, apps, codes }: Record<"keys" | "apps" | "codes", string>): void {
  database.rows(`INSERT INTO signing_keys VALUES (1, 'k', '{}', '${keys}.x', 1, 1, NULL)`);
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret)
    VALUES ('a', 'e', '${apps}.x'), ('b', 'e', 'bbbbbbbb.x')`);
  database.rows(`INSERT INTO recovery_codes VALUES ('a', '${codes}.x', NULL)`);
}

function password(account: string, pepper: string): void {
  const hash = `$pbkdf2-sha256-chain$i=600000,k=${pepper}$c2FsdA$aGFzaA`;
  database.rows(`INSERT INTO passwords VALUES ('${account}', '${hash}', 1, 0)`);
}

test("counts by the secret's id what is sealed under each, and says what is left to move", () => {
  ran();
  sealed({ keys: "bbbbbbbb", apps: "aaaaaaaa", codes: "aaaaaaaa" });
  password("a", "aaaaaaaa");
  password("b", "aaaaaaaa");
  password("c", "bbbbbbbb");
  database.rows("INSERT INTO passwords VALUES ('d', NULL, 1, 0)");
  const [first, ...lines] = said();
  assert.match(first ?? "", /^The current secret is bbbbbbbb, by the hourly run of .* UTC\.$/);
  assert.deepEqual(
    lines.map((line) => line.replace(/ {2,}/g, " | ")),
    [
      "what | secret | rows",
      "signing keys | bbbbbbbb | 1",
      "authenticator apps | aaaaaaaa | 1",
      "authenticator apps | bbbbbbbb | 1",
      "recovery codes | aaaaaaaa | 1",
      "passwords | aaaaaaaa | 2",
      "passwords | bbbbbbbb | 1",
      "Rows that are not under it yet: 2. Keep AUTH_SECRET_PREVIOUS: the hourly run moves them.",
      "Passwords that are not: 2. Each moves when its owner signs in, or needs a reset by mail once AUTH_SECRET_PREVIOUS is gone.",
    ],
  );
});

test("says when all is under the current one", () => {
  ran();
  sealed({ keys: "bbbbbbbb", apps: "bbbbbbbb", codes: "bbbbbbbb" });
  password("a", "bbbbbbbb");
  assert.deepEqual(said().slice(-2), [
    "Keys, apps and recovery codes are all under it.",
    "So are all passwords.",
  ]);
});

test("says when the hourly run is late, or has never run: what is current is not known then", () => {
  sealed({ keys: "aaaaaaaa", apps: "aaaaaaaa", codes: "aaaaaaaa" });
  assert.deepEqual(said(), [
    "The hourly run has not run yet, and says which secret is the current one.",
  ]);
  ran(Date.now() - 3 * HOUR);
  assert.match(said()[1] ?? "", /^That run is late/);
});

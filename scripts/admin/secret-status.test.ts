import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { experimental_readRawConfig } from "wrangler";
import { EVERY_MINUTE } from "../../src/runs/every-minute.ts";
import { LOCAL_SITE, SITE } from "../test-support/commands-on.ts";
import { type MemoryDatabase, schemaInMemory } from "../test-support/schema-in-memory.ts";
import { RUN_AT_MS, secretStatus } from "./secret-status.ts";

const HOUR = 3_600_000;
const NEXT_RUN = String.raw`\d{4}-\d\d-\d\d \d\d:17 UTC`;

let database: MemoryDatabase;

beforeEach(() => {
  database = schemaInMemory();
});

function said(site = SITE): string[] {
  const order = secretStatus.read("secret-status", []);
  assert.ok(order?.task.readsOnly);
  return order.task.report(database.run(order.task.statements), site);
}

/** The hourly run has said which secret is the current one, and which is before it. */
function ran(mark = "bbbbbbbb aaaaaaaa", at = Date.now()): void {
  database.rows(`INSERT INTO marks VALUES ('secret', '${mark}', ${at})`);
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
  database.rows("INSERT INTO passwords VALUES ('e', 'aaaaaaaa.x', 1, 0)");
  database.rows(`INSERT INTO webhooks (id, tenant_id, url, secret, previous_secret, sequence, created_at)
    VALUES ('w', 't', '', 'aaaaaaaa.x', 'aaaaaaaa.y', 0, 1), ('v', 't', '', 'whsec_AAAA', NULL, 0, 1)`);
  const [first, ...lines] = said();
  assert.match(
    first ?? "",
    /^The current secret is bbbbbbbb, the one before aaaaaaaa, by the hourly run of .* UTC\.$/,
  );
  assert.deepEqual(
    lines.map((line) => line.replace(/ {2,}/g, " | ").replace(/at \d.* UTC/, "at <time>")),
    [
      "Secrets that were set since then are not known here before the next run, at <time>.",
      "what | secret | rows",
      "signing keys | bbbbbbbb | 1",
      "authenticator apps | aaaaaaaa | 1",
      "authenticator apps | bbbbbbbb | 1",
      "recovery codes | aaaaaaaa | 1",
      "imported passwords | aaaaaaaa | 1",
      "passwords | aaaaaaaa | 2",
      "passwords | bbbbbbbb | 1",
      "webhook secrets | aaaaaaaa | 2",
      "Rows that are not under it yet: 5. Keep the secret before: they move by themselves.",
      "Passwords that are not: 2. Each moves when its owner signs in, or needs a reset by mail once the secret before is gone.",
    ],
  );
});

const ALL_CLEAR = /are all under it/;

test("says when all is under the current one, and which other one is not needed", () => {
  ran();
  sealed({ keys: "bbbbbbbb", apps: "bbbbbbbb", codes: "bbbbbbbb" });
  password("a", "bbbbbbbb");
  const [clear, ...others] = said().slice(-2);
  assert.match(
    clear ?? "",
    new RegExp(
      `^Keys, apps, recovery codes, imported passwords and webhooks are all under it, and none needs aaaaaaaa\\. If you have set another secret since that run, remove nothing: the next one is at ${NEXT_RUN}\\.$`,
    ),
  );
  assert.deepEqual(others, ["All passwords are under it."]);
});

test("has nothing removed where no run has seen the new secret, though all is under the one it saw", () => {
  ran("bbbbbbbb");
  sealed({ keys: "bbbbbbbb", apps: "bbbbbbbb", codes: "bbbbbbbb" });
  password("a", "bbbbbbbb");
  const [nothing, ...others] = said().slice(-2);
  assert.match(
    nothing ?? "",
    new RegExp(
      `^That run saw no secret beside it\\. If one is set since, remove nothing: the next run is at ${NEXT_RUN}\\.$`,
    ),
  );
  assert.deepEqual(others, ["All passwords are under it."]);
  assert.doesNotMatch(said().join("\n"), ALL_CLEAR);
});

test("has nothing removed where something is under a secret that the run did not see", () => {
  ran();
  sealed({ keys: "bbbbbbbb", apps: "cccccccc", codes: "bbbbbbbb" });
  const lines = said();
  assert.match(
    lines.at(-2) ?? "",
    new RegExp(`^Rows under a secret that run did not see: 1\\. .* the next run, at ${NEXT_RUN};`),
  );
  assert.doesNotMatch(lines.join("\n"), ALL_CLEAR);
});

test("calls no password good that is under a secret which the run did not see", () => {
  ran();
  sealed({ keys: "bbbbbbbb", apps: "bbbbbbbb", codes: "bbbbbbbb" });
  password("a", "aaaaaaaa");
  password("b", "cccccccc");
  const [moving, lost] = said().slice(-2);
  assert.match(moving ?? "", /^Passwords that are not: 1\. Each moves when its owner signs in/);
  assert.match(
    lost ?? "",
    new RegExp(
      `^Passwords under a secret that run did not see: 1\\. .* the next run, at ${NEXT_RUN};`,
    ),
  );
});

test("the next run is the one that the cron trigger starts, and to come", () => {
  const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });
  assert.deepEqual(rawConfig.triggers?.crons, [EVERY_MINUTE, `${RUN_AT_MS / 60_000} * * * *`]);
  ran("bbbbbbbb");
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  // Another minute may have begun before the database was asked.
  const latest = minute + HOUR + 60_000;
  const [, time = ""] =
    said()
      .join("\n")
      .match(/next run is at (.*) UTC/) ?? [];
  const next = Date.parse(`${time.replace(" ", "T")}Z`);
  assert.ok(next >= minute && next <= latest, time);
});

test("says when the hourly run is late, or has never run: what is current is not known then", () => {
  sealed({ keys: "aaaaaaaa", apps: "aaaaaaaa", codes: "aaaaaaaa" });
  assert.deepEqual(said(), [
    "The hourly run, which says which secret is current, has not run yet.",
  ]);
  ran("bbbbbbbb", Date.now() - 3 * HOUR);
  assert.match(said()[1] ?? "", /^That run is late/);
});

test("promises no run on one's own machine, and names what starts it", () => {
  const byHand = "On your machine it does not come by itself: curl hour while the server runs.";
  assert.equal(said(LOCAL_SITE)[1], byHand);
  ran("bbbbbbbb", Date.now() - 3 * HOUR);
  const [, second, ...lines] = said(LOCAL_SITE);
  assert.equal(second, byHand);
  assert.doesNotMatch(lines.join("\n"), /late|UTC/);
});

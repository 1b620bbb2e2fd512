import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { executeSql } from "../../scripts/admin/execute-sql.ts";
import { Sql } from "../../scripts/sql.ts";
import { answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { bringAlarmsForward, grantFiles, isEmpty } from "./support/grant-files.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { newPerson } from "./support/person.ts";
import { testClients } from "./support/test-clients.ts";
import { until } from "./support/until.ts";
import { watchSecrets } from "./support/watch-secrets.ts";

const latchkey = await ownLatchkey();
const secrets = watchSecrets();

const ROWS = 10_000;
const DAY_MS = 86_400_000;
const old = Date.now() - 60 * DAY_MS;
/** As ids begin that were made then: UUIDv7, RFC 9562 §5.7. */
const begins = old.toString(16).padStart(12, "0").replace(/^.{8}/, "$&-");

/** Ten thousand rows of each kind that grows by what nobody comes back for, long past their time. */
const ABANDONED = {
  sessions: `sessions (id, tenant_id, account_id, contract, created_at, expires_at, ends_at)
    SELECT format('${begins}-7000-8000-%012d', i), 't', 'a', 'planasonix', ${old}, ${old}, ${old}`,
  addressProofs: `address_proofs (tenant_id, email, link_number, linked_at)
    SELECT 't', i || '@example.test', 1, ${old}`,
  revocations: `revoked_tokens (jti, expires_at) SELECT 'abandoned-' || i, ${old}`,
};

interface Purge {
  purged: Record<keyof typeof ABANDONED, number>;
  more_to_purge: boolean;
}

test("REL-08: ten thousand abandoned sessions, proofs and revocations go in bounded runs of the hour, and who is signed in stays so", async () => {
  const { accessToken } = await newPerson();
  await onDatabase(
    ...Object.values(ABANDONED).map(
      (rows) =>
        `INSERT INTO ${rows} FROM (WITH RECURSIVE n(i) AS
          (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS}) SELECT i FROM n)`,
    ),
  );

  const runs = [await hour()];
  while (runs.at(-1)?.more_to_purge) {
    runs.push(await hour());
  }

  assert.ok(runs.length > 1, "one run went through all");
  for (const kind of ["sessions", "addressProofs", "revocations"] as const) {
    const removed = runs.map(({ purged }) => purged[kind]);
    assert.equal(
      removed.reduce((sum, count) => sum + count),
      ROWS,
    );
    assert.notEqual(removed[0], 0, `${kind} waited until others were gone`);
  }
  const [left] = await onDatabase(
    `SELECT (SELECT count(*) FROM sessions WHERE tenant_id = 't') AS sessions,
      (SELECT count(*) FROM address_proofs WHERE tenant_id = 't') AS proofs,
      (SELECT count(*) FROM revoked_tokens) AS revocations`,
  );
  assert.deepEqual(left, [{ sessions: 0, proofs: 0, revocations: 0 }]);
  assert.equal((await answerTo("/api/user/profile", { accessToken })).status, 200);
});

const GRANTS = 200;
const AT_ONCE = 20;
/** A device code's life, the seconds for which it is said to have expired, and some more. */
const FORGOTTEN_SECONDS = 900 + 10 + 10;

test("REL-08: two hundred device grants that nobody came back for leave nothing behind, and one that is waited for stays", async () => {
  for (let started = 0; started < GRANTS; started += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, startDevice));
  }
  const abandoned = grantFiles(latchkey.state);
  assert.equal(abandoned.length, GRANTS);
  const { device_code = "" } = (await startDevice()).body;

  await latchkey.stop();
  assert.equal(abandoned.filter(isEmpty).length, 0);
  bringAlarmsForward(abandoned, FORGOTTEN_SECONDS);
  await latchkey.start();

  await until("every abandoned grant to be gone", () => abandoned.every(isEmpty));
  const poll = await answerTo("/oauth/token", {
    form: {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      client_id: testClients.television.id,
      device_code,
    },
  });
  assert.equal(poll.body["error"], "authorization_pending");
});

test("REL-06: nothing of it stands in what the server wrote", () => {
  assertTellsNothing(latchkey, secrets, ["access token", "device code", "user code"]);
});

function startDevice() {
  return answerTo<{ device_code?: string }>("/oauth/device_authorization", {
    form: { client_id: testClients.television.id, scope: "openid" },
  });
}

/** Lets the hour come, as Cloudflare's cron trigger does, and gives what was said of the purge. */
async function hour(): Promise<Purge> {
  const before = purges().length;
  await answerTo("/cdn-cgi/handler/scheduled?cron=17+*+*+*+*");
  return until("the line of the purge", () => purges()[before]);
}

function purges(): Purge[] {
  return latchkey.said
    .map((line) => stripVTControlCharacters(line).match(/\{"level":"info","purged":.*\}/)?.[0])
    .filter((line) => line !== undefined)
    .map((line) => JSON.parse(line) as Purge);
}

function onDatabase(...statements: readonly string[]) {
  const place = { remote: false, persistTo: latchkey.state };
  const stop = new AbortController().signal;
  const sql = statements.map((text) => new Sql(text));
  return executeSql(sql, place, stop);
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { JSONWebKeySet } from "jose";
import { executeSql } from "../../scripts/admin/execute-sql.ts";
import { tokens } from "../../scripts/demo/replies.ts";
import { sql } from "../../scripts/sql.ts";
import { admin } from "./support/admin.ts";
import { answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { newPerson } from "./support/person.ts";
import { forged, JWKS, kidOf, shown, startTokenLoad, type Visitor } from "./support/token-load.ts";
import { until } from "./support/until.ts";
import { watchSecrets } from "./support/watch-secrets.ts";

const latchkey = await ownLatchkey();
const secrets = watchSecrets();

const HOUR_MS = 3_600_000;
/**
 * The command tells a change two minutes ahead, twice as long as an isolate goes on with the keys that it
 * has read. A token of a key that it does not know has it look again after ten seconds, and here such
 * tokens come all the time: so twenty seconds are as far ahead.
 */
const TOLD_AHEAD_MS = 20_000;

/** Somebody who goes on, and the access token that they had first. */
interface Known extends Visitor {
  first: string;
}

test("KEY-02, KEY-03: under load the next key takes over without one refused token, and one that is retired is refused and ends nobody's session", async () => {
  const visitors = await Promise.all(Array.from({ length: 3 }, newVisitor));
  const firstTokens = () => Promise.all(visitors.map(({ first }) => shown(first)));
  // The hourly run, as Cloudflare's cron trigger starts it: it makes the next key.
  await answerTo("/cdn-cgi/handler/scheduled?cron=17+*+*+*+*");
  const listed = await admin(latchkey.state, "list-signing-keys");
  const [, next = ""] = listed.match(/^(\S+) +next /m) ?? [];
  const [, current = ""] = listed.match(/^(\S+) +current /m) ?? [];
  assert.deepEqual(new Set(visitors.map(({ first }) => kidOf(first))), new Set([current]));

  // In the hour for which a key is shown before it signs, everybody reads it.
  await until("the next key to be shown", async () => {
    await shown(await forged());
    return (await shownKeys()).includes(next);
  });
  const load = startTokenLoad(visitors);
  try {
    await load.seen(current);
    const rotated = await load.whileNobodyWrites(() => rotate(next));
    assert.match(rotated, new RegExp(`${next} signs from`));
    await load.seen(next);
    assert.deepEqual(await firstTokens(), [200, 200, 200]);

    const retire = () => admin(latchkey.state, "retire-signing-key", "--kid", current);
    const retired = await load.whileNobodyWrites(retire);
    assert.match(retired, new RegExp(`Withdrawn: ${current}`));
    await until("every token of the retired key to be refused", async () =>
      (await firstTokens()).every((status) => status === 401),
    );
    assert.deepEqual(await shownKeys(), [next]);
    load.forget();
    await load.seen(next);
  } finally {
    await load.stop();
  }
  assert.deepEqual(load.wrong, []);
});

test("REL-06: nothing of it stands in what the server wrote", () => {
  assertTellsNothing(latchkey, secrets, ["access token", "password", "refresh token"]);
});

async function shownKeys(): Promise<(string | undefined)[]> {
  const { keys } = (await answerTo<JSONWebKeySet>(JWKS)).body;
  return keys.map(({ kid }) => kid);
}

async function newVisitor(): Promise<Known> {
  const { email, password } = await newPerson();
  const answer = await answerTo("/api/login", { body: { email, password } });
  const { accessToken, refreshToken } = tokens.parse(answer.body);
  return { first: accessToken, accessToken, refreshToken };
}

/** Has the next key sign in twenty seconds. What the command says. */
async function rotate(next: string): Promise<string> {
  const onDatabase = (statement: ReturnType<typeof sql>) =>
    executeSql(
      [statement],
      { remote: false, persistTo: latchkey.state },
      new AbortController().signal,
    );
  // As long as a key has to be shown before it may sign.
  await onDatabase(
    sql`UPDATE signing_keys SET created_at = created_at - ${HOUR_MS} WHERE kid = ${next}`,
  );
  const said = await admin(latchkey.state, "rotate-signing-key");
  const soon = Date.now() + TOLD_AHEAD_MS;
  await onDatabase(sql`UPDATE signing_keys SET activates_at = ${soon} WHERE kid = ${next}`);
  return said;
}

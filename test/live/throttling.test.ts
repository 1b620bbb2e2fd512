import assert from "node:assert/strict";
import { test } from "node:test";
import { tokens } from "../../scripts/demo/replies.ts";
import { tally } from "../support/tally.ts";
import { type Answer, answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { mailed, RESET_LINK } from "./support/mailed.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { newPerson } from "./support/person.ts";
import { testClients } from "./support/test-clients.ts";
import { watchSecrets } from "./support/watch-secrets.ts";
import { tryHundredPasswords } from "./support/wrong-passwords.ts";

const latchkey = await ownLatchkey();
const secrets = watchSecrets();

const signIn = (email: string, password: string, address?: string) =>
  answerTo("/api/login", { body: { email, password }, ...(address && { address }) });

test("THR-01, THR-03, THR-04: a hundred wrong passwords from twenty addresses close an account's password, whoever has it, and neither its owner's session nor the way by mail", async () => {
  const { email, password, address, ...owner } = await newPerson();
  const { accessToken, refreshToken } = tokens.parse((await signIn(email, password)).body);

  assert.deepEqual(tally(await tryHundredPasswords({ email, password, address, ...owner })), {
    401: 100,
  });

  const wrong = await signIn(email, "one-more-guess");
  assert.equal(wrong.status, 429);
  assert.match(wrong.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  assert.deepEqual(told(await signIn(email, password)), told(wrong));
  assert.deepEqual(told(await signIn(email, password, address)), told(wrong));

  assert.equal((await answerTo("/api/user/profile", { accessToken })).status, 200);
  assert.equal((await answerTo("/api/auth/refresh", { body: { refreshToken } })).status, 200);

  await answerTo("/api/forgot-password", { body: { email } });
  const reset = { token: await mailed(email, RESET_LINK), password: "windy-lantern-orchard-7" };
  assert.equal((await answerTo("/api/reset-password", { body: reset })).status, 200);
  assert.equal((await signIn(email, reset.password)).status, 200);
});

test("THR-05: one password tried at account after account from one address is stopped, and from another it is not", async () => {
  const spray = (address: string) => (number: number) =>
    signIn(`somebody-${number}@example.test`, "spring-is-coming-26", address);

  const { through, minutes, fenced } = await untilFenced(spray("192.0.2.1"));

  assert.ok(through <= 60 * minutes, `${through} in ${minutes} minutes`);
  assert.match(fenced.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  assert.equal((await spray("192.0.2.2")(0)).status, 401);
});

test("DEV-21: device grants started from one /64, whatever addresses of it, are stopped, and those of the next are not", async () => {
  const start = (network: string) => (number: number) =>
    answerTo("/oauth/device_authorization", {
      address: `2001:db8:7:${network}::${number.toString(16)}`,
      form: { client_id: testClients.television.id, scope: "openid" },
    });

  const { through, minutes, fenced } = await untilFenced(start("1"));

  assert.ok(through <= 20 * minutes, `${through} in ${minutes} minutes`);
  assert.match(fenced.headers.get("retry-after") ?? "", /^[1-9]\d*$/);
  assert.equal((await start("2")(0)).status, 200);
});

test("REL-06: nothing of it stands in what the server wrote", () => {
  const kinds = ["access token", "device code", "e-mail address", "mailed token", "password"];
  assertTellsNothing(latchkey, secrets, kinds);
});

/** Different in any two answers: which it is, and when it was given. */
const OF_THIS_ANSWER = ["x-request-id", "date", "x-ratelimit-reset"];

/** All that somebody can tell an answer by. */
function told({ status, headers, body }: Answer<unknown>) {
  const lasting = [...headers].filter(([name]) => !OF_THIS_ANSWER.includes(name));
  return { status, headers: lasting, body };
}

const AT_ONCE = 10;
/** Far more than any fence lets through in the time that they take. */
const ENOUGH = 2000;

/** Asks until a fence stands: how many it let through, in how many minutes of the clock it counts by. */
async function untilFenced(ask: (number: number) => Promise<Answer<unknown>>) {
  // A second of leeway: the fence has a clock of its own.
  const begun = Math.floor((Date.now() - 1000) / 60_000);
  for (let asked = 0, through = 0; asked < ENOUGH; asked += AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) => ask(asked + index)),
    );
    const fenced = answers.find(({ status }) => status === 429);
    through += answers.filter(({ status }) => status !== 429).length;
    if (fenced) {
      const minutes = Math.floor((Date.now() + 1000) / 60_000) - begun + 1;
      return { through, minutes, fenced };
    }
  }
  assert.fail(`${ENOUGH} were let through`);
}

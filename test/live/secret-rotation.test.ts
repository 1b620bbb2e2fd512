import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import * as client from "openid-client";
import { secondFactorOf } from "../browser/support/second-factor.ts";
import { admin } from "./support/admin.ts";
import { answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { Browser } from "./support/browser.ts";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { LOGIN_CODE, mailed, RESET_LINK } from "./support/mailed.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { decide, newPerson } from "./support/person.ts";
import { signInTo } from "./support/sign-in.ts";
import { testClients } from "./support/test-clients.ts";
import { watchSecrets } from "./support/watch-secrets.ts";

const { television, ownApp } = testClients;
const [OLD, NEW] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex")];

const statusOf = async (path: string, body: object) => (await answerTo(path, { body })).status;
const isIn = async (accessToken: string) =>
  (await answerTo("/api/user/profile", { accessToken })).status === 200;

/** What somebody does under the old secret, then where both are set, and then under the new one alone. */
const STORIES: Readonly<Record<string, () => AsyncGenerator<void, void>>> = {
  async *"whoever is signed in stays so, in a program and on a page"() {
    const [person, app, browser] = [await newPerson(), await discovered(ownApp), new Browser()];
    await signInTo(app, browser, person);
    yield;
    assert.ok(await isIn(person.accessToken));
    assert.deepEqual((await signInTo(app, browser, person, { prompt: "none" })).steps, []);
    yield;
    assert.ok(await isIn(person.accessToken));
  },

  async *"a refresh token leads on"() {
    const { television: device, tokens: first } = await deviceTokens(await newPerson());
    const refresh = (token = "") => client.refreshTokenGrant(device, token);
    yield;
    const second = await refresh(first.refresh_token);
    yield;
    const third = await refresh(second.refresh_token);
    assert.ok(third.refresh_token);
  },

  async *"a password, an authenticator app and recovery codes are good"() {
    const person = await newPerson();
    const { nextCode, recoveryCodes } = await secondFactorOf(person);
    const { email, password } = person;
    const signIn = (proof: object) => statusOf("/api/v1/auth/login", { email, password, ...proof });
    const [first, second] = recoveryCodes;
    yield;
    assert.equal(await signIn({ recovery_code: first }), 200);
    yield;
    assert.equal(await signIn({ recovery_code: first }), 401);
    assert.equal(await signIn({ recovery_code: second }), 200);
    assert.equal(await signIn({ totp_code: nextCode() }), 200);
  },

  async *"a mailed link sets the password that is good from then on"() {
    const { email } = await newPerson();
    await statusOf("/api/forgot-password", { email });
    const token = await mailed(email, RESET_LINK);
    const password = "windy-lantern-orchard-7";
    yield;
    assert.equal(await statusOf("/api/reset-password", { token, password }), 200);
    yield;
    assert.equal(await statusOf("/api/login", { email, password }), 200);
  },

  async *"a mailed code signs in, and its session stays"() {
    const { email } = await newPerson();
    await statusOf("/api/v1/auth/send-code", { email });
    const code = await mailed(email, LOGIN_CODE);
    yield;
    const { body } = await answerTo<{ data: { token: string } }>("/api/v1/auth/verify-code", {
      body: { email, code },
    });
    yield;
    assert.ok(await isIn(body.data.token));
  },

  async *"a device that waits is approved, and its tokens are good"() {
    const [person, device] = [await newPerson(), await discovered(television)];
    const scope = "openid profile offline_access";
    const grant = await client.initiateDeviceAuthorization(device, { scope });
    yield;
    await decide(person, grant.user_code);
    const tokens = await client.pollDeviceAuthorizationGrant(device, { ...grant, interval: 0 });
    yield;
    assert.equal(
      (await client.fetchUserInfo(device, tokens.access_token, person.id)).sub,
      person.id,
    );
    assert.ok((await client.refreshTokenGrant(device, tokens.refresh_token ?? "")).access_token);
  },
};

const latchkey = await ownLatchkey({ AUTH_SECRET: OLD });
const secrets = watchSecrets();
const told = Object.entries(STORIES).map(([title, tell]) => ({ title, story: tell() }));

before(async () => {
  for (const { story } of told) {
    await story.next();
  }
  // As docs/operating.md has it: first everybody knows the new one, and then it is the current one.
  await latchkey.startAnew({ AUTH_SECRET: OLD, AUTH_SECRET_PREVIOUS: NEW });
  await latchkey.startAnew({ AUTH_SECRET: NEW, AUTH_SECRET_PREVIOUS: OLD });
});

for (const { title, story } of told) {
  test(`beside the secret before, ${title}`, async () => {
    await story.next();
  });
}

test("the run of the hour seals anew what is under the secret before, until nothing needs it", async () => {
  await answerTo("/cdn-cgi/handler/scheduled?cron=17+*+*+*+*");

  const said = await admin(latchkey.state, "secret-status");

  const [, previous = ""] = said.match(/, the one before ([\w-]+), by the hourly run/) ?? [];
  assert.match(said, new RegExp(`are all under it, and none needs ${previous}\\.`));
  await latchkey.startAnew({ AUTH_SECRET: NEW });
});

for (const { title, story } of told) {
  test(`without it, ${title}`, async () => {
    await story.next();
  });
}

test("REL-06: nothing of it stands in what the server wrote", () => {
  const kinds = ["access token", "code", "device code", "password", "recovery code"];
  assertTellsNothing(latchkey, secrets, kinds);
  const written = latchkey.said.join("\n");
  assert.ok(!written.includes(OLD) && !written.includes(NEW));
});

import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as client from "openid-client";
import { tally } from "../support/tally.ts";
import { answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { Browser } from "./support/browser.ts";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { LOGIN_CODE, mailed, RESET_LINK } from "./support/mailed.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { decide, newPerson, type Person } from "./support/person.ts";
import { refusedWith } from "./support/refused-with.ts";
import { signInTo } from "./support/sign-in.ts";
import { testClients } from "./support/test-clients.ts";
import { watchSecrets } from "./support/watch-secrets.ts";
import { tryHundredPasswords } from "./support/wrong-passwords.ts";

const { television, ownApp } = testClients;
const SCOPE = "openid offline_access";

const statusOf = async (path: string, body: object) => (await answerTo(path, { body })).status;
const signIn = ({ email, password }: Person) => statusOf("/api/login", { email, password });

async function startedGrant() {
  const device = await discovered(television);
  const started = await client.initiateDeviceAuthorization(device, { scope: SCOPE });
  const grant = { ...started, interval: 0 };
  return { grant, redeem: () => client.pollDeviceAuthorizationGrant(device, grant) };
}

/** What somebody does before every process of the service ends, and what has to hold after. */
const STORIES: Readonly<Record<string, () => Promise<() => Promise<void>>>> = {
  "THR-01: a password that guesses closed stays closed": async () => {
    const person = await newPerson();
    assert.deepEqual(tally(await tryHundredPasswords(person)), { 401: 100 });
    return async () => assert.equal(await signIn(person), 429);
  },

  "DEV-08: whoever has guessed at user codes is not let go on": async () => {
    const guesser = await newPerson();
    const { grant } = await startedGrant();
    const enter = async (userCode: string) => {
      const { address, accessToken } = guesser;
      const asked = { address, accessToken, body: { userCode, approve: true } };
      return (await answerTo("/api/v2/auth/device/authorize", asked)).status;
    };
    for (let guess = 0; guess < 5; guess++) {
      assert.equal(await enter("BBBB-BBBB"), 404);
    }
    return async () => assert.equal(await enter(grant.user_code), 429);
  },

  "REC-03: a mailbox that had its letters of the hour gets no more": async () => {
    const { email } = await newPerson();
    const order = () => statusOf("/api/forgot-password", { email });
    for (let letter = 0; letter < 5; letter++) {
      assert.equal(await order(), 200);
    }
    return async () => assert.equal(await order(), 429);
  },

  "who is signed in stays so, on a page and in a program": async () => {
    const [person, app, browser] = [await newPerson(), await discovered(ownApp), new Browser()];
    await signInTo(app, browser, person);
    const { accessToken } = person;
    return async () => {
      assert.equal((await answerTo("/api/user/profile", { accessToken })).status, 200);
      const { steps } = await signInTo(app, browser, person, { prompt: "none" });
      assert.deepEqual(steps, []);
    };
  },

  "REF-02: a refresh token leads on, and the one before the last still ends the session":
    async () => {
      const { television: device, tokens: first } = await deviceTokens(await newPerson());
      const refresh = (token = "") => client.refreshTokenGrant(device, token);
      const second = await refresh(first.refresh_token);
      return async () => {
        const third = await refresh(second.refresh_token);
        await assert.rejects(refresh(first.refresh_token), refusedWith("invalid_grant"));
        await assert.rejects(refresh(third.refresh_token), refusedWith("invalid_grant"));
      };
    },

  "DEV-23: a device that waits goes on waiting, is approved, and gets its tokens once":
    async () => {
      const [person, { grant, redeem }] = [await newPerson(), await startedGrant()];
      return async () => {
        await decide(person, grant.user_code);
        assert.equal((await redeem()).claims()?.sub, person.id);
        await assert.rejects(redeem(), refusedWith("invalid_grant"));
      };
    },

  "DEV-11: a device that was denied stays denied": async () => {
    const [person, { grant, redeem }] = [await newPerson(), await startedGrant()];
    await decide(person, grant.user_code, false);
    return () => assert.rejects(redeem(), refusedWith("access_denied"));
  },

  "DEV-13: a device code that was redeemed gives nothing again": async () => {
    const [person, { grant, redeem }] = [await newPerson(), await startedGrant()];
    await decide(person, grant.user_code);
    await redeem();
    return () => assert.rejects(redeem(), refusedWith("invalid_grant"));
  },

  "TOK-11: an authorization code that was redeemed gives nothing again": async () => {
    const app = await discovered(ownApp);
    const { callback, checks } = await signInTo(app, new Browser(), await newPerson());
    const again = () => client.authorizationCodeGrant(app, callback, checks);
    return () => assert.rejects(again(), refusedWith("invalid_grant"));
  },

  "REC-01: a link to a new password that was used sets no other": async () => {
    const { email } = await newPerson();
    await statusOf("/api/forgot-password", { email });
    const reset = { token: await mailed(email, RESET_LINK), password: "windy-lantern-orchard-7" };
    const bring = () => statusOf("/api/reset-password", reset);
    assert.equal(await bring(), 200);
    return async () => assert.equal(await bring(), 400);
  },

  "a login code that was used signs nobody in": async () => {
    const { email } = await newPerson();
    await statusOf("/api/v1/auth/send-code", { email });
    const entry = { email, code: await mailed(email, LOGIN_CODE) };
    const enter = () => statusOf("/api/v1/auth/verify-code", entry);
    assert.equal(await enter(), 200);
    return async () => assert.equal(await enter(), 401);
  },
};

const latchkey = await ownLatchkey();
const secrets = watchSecrets();
const after: Record<string, () => Promise<void>> = {};

before(async () => {
  for (const [title, begin] of Object.entries(STORIES)) {
    after[title] = await begin();
  }
  await latchkey.stop();
  await latchkey.start();
});

for (const title of Object.keys(STORIES)) {
  test(title, () => after[title]?.());
}

test("REL-06: nothing of it stands in what the server wrote", () => {
  assertTellsNothing(latchkey, secrets, [
    "access token",
    "authorization code",
    "code",
    "cookie latchkey",
    "device code",
    "mailed token",
    "password",
    "refresh token",
    "user code",
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { secondFactorOf } from "../browser/support/second-factor.ts";
import { tally } from "../support/tally.ts";
import { type Answer, answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { Browser } from "./support/browser.ts";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { goThrough } from "./support/go-through.ts";
import { LOGIN_CODE, mailed, RESET_LINK } from "./support/mailed.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { decide, newPerson, type Person } from "./support/person.ts";
import { AT_ONCE, race } from "./support/race.ts";
import { prepareSignIn } from "./support/sign-in.ts";
import { testClients } from "./support/test-clients.ts";
import { watchSecrets } from "./support/watch-secrets.ts";

const latchkey = await ownLatchkey();
const secrets = watchSecrets();
const { television, ownApp } = testClients;

interface TokenBody {
  access_token?: string;
  refresh_token?: string;
  error?: string;
}

const askToken = (form: Record<string, string>) => answerTo<TokenBody>("/oauth/token", { form });
const errorOf = ({ status, body }: Answer<TokenBody>) => body.error ?? status;
const ONE_WINS = { 200: 1, invalid_grant: AT_ONCE - 1 };

const userInfo = async ({ access_token: accessToken }: TokenBody = {}) =>
  (await answerTo("/oauth/userinfo", { accessToken })).status;

test("DEV-14: an approved device code gives tokens to one of the polls that come at once", () =>
  race({
    async prepare() {
      const person = await newPerson();
      const device = await discovered(television);
      const started = await client.initiateDeviceAuthorization(device, { scope: "openid" });
      await decide(person, started.user_code);
      return {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        client_id: television.id,
        device_code: started.device_code,
      };
    },

    request: askToken,

    async judge(poll, answers) {
      assert.deepEqual(tally(answers.map(errorOf)), ONE_WINS);
      assert.equal(await userInfo(answers.find(({ status }) => status === 200)?.body), 200);
      assert.equal(errorOf(await askToken(poll)), "invalid_grant");
    },
  }));

test("TOK-13: an authorization code is redeemed by one of those who bring it at once, who loses what it gave", () =>
  race({
    async prepare() {
      const app = await discovered(ownApp);
      const { request, checks } = await prepareSignIn(app);
      const { callback } = await goThrough(new Browser(), request, await newPerson());
      return {
        grant_type: "authorization_code",
        client_id: ownApp.id,
        redirect_uri: `${callback.origin}${callback.pathname}`,
        code: callback.searchParams.get("code") ?? "",
        code_verifier: checks.pkceCodeVerifier,
      };
    },

    request: askToken,

    async judge(_, answers) {
      assert.deepEqual(tally(answers.map(errorOf)), ONE_WINS);
      // Somebody else had the code.
      assert.equal(await userInfo(answers.find(({ status }) => status === 200)?.body), 401);
    },
  }));

test("REF-04: a refresh token leads all who bring it at once to one successor, and no older one leads on", () =>
  race({
    async prepare() {
      const { tokens } = await deviceTokens(await newPerson());
      return {
        trade: (refresh_token = "") =>
          askToken({ grant_type: "refresh_token", client_id: television.id, refresh_token }),
        first: tokens.refresh_token ?? "",
        begun: { at: 0 },
      };
    },

    request({ trade, first, begun }) {
      begun.at ||= performance.now();
      return trade(first);
    },

    async judge({ trade, first, begun }, answers) {
      const won = answers.filter(({ status }) => status === 200);
      const successors = new Set(won.map(({ body }) => body.refresh_token));
      assert.equal(successors.size, 1);
      // Whoever comes later than this is taken for a thief, and rightly.
      if (performance.now() - begun.at < LOST_ANSWER_MS) {
        assert.equal(won.length, AT_ONCE);
        const [successor] = successors;
        const next = await trade(successor);
        assert.equal(await userInfo(next.body), 200);
        assert.equal(errorOf(await trade(first)), "invalid_grant");
        assert.equal(errorOf(await trade(next.body.refresh_token)), "invalid_grant");
        assert.equal(await userInfo(next.body), 401);
      }
    },
  }));

test("REC-01: a link to a new password sets one of those that are brought at once", () =>
  race({
    async prepare() {
      const { email } = await newPerson();
      await answerTo("/api/forgot-password", { body: { email } });
      return { email, token: await mailed(email, RESET_LINK) };
    },

    async request({ token }, index) {
      const body = { token, password: candidate(index) };
      return (await answerTo("/api/reset-password", { body })).status;
    },

    async judge({ email }, statuses) {
      assert.deepEqual(tally(statuses), { 200: 1, 400: AT_ONCE - 1 });
      const signIns = await Promise.all(
        statuses.map((_, index) =>
          answerTo("/api/login", { body: { email, password: candidate(index) } }),
        ),
      );
      assert.deepEqual(
        signIns.map(({ status }) => status),
        statuses.map((status) => (status === 200 ? 200 : 401)),
      );
    },
  }));

test("a login code signs in one of those who enter it at once", () =>
  race({
    async prepare() {
      const { email } = await newPerson();
      await answerTo("/api/v1/auth/send-code", { body: { email } });
      return { email, code: await mailed(email, LOGIN_CODE) };
    },

    request: enter,

    async judge(body, statuses) {
      // Who comes when it is spent has a wrong code, and the sixth of them has had too many.
      const { 200: signedIn, 401: wrong = 0, 429: exhausted = 0 } = tally(statuses);
      assert.deepEqual([signedIn, wrong + exhausted], [1, AT_ONCE - 1]);
      assert.notEqual(await enter(body), 200);
    },
  }));

test("a recovery code signs in one of those who bring it at once, and leaves the others", () =>
  race({
    async prepare() {
      const person = await newPerson();
      const { recoveryCodes } = await secondFactorOf(person);
      return { person, recoveryCodes };
    },

    request: ({ person, recoveryCodes: [first] }) => recover(person, first),

    async judge({ person, recoveryCodes: [first, second] }, statuses) {
      assert.deepEqual(tally(statuses), { 200: 1, 401: AT_ONCE - 1 });
      assert.equal(await recover(person, first), 401);
      assert.equal(await recover(person, second), 200);
    },
  }));

test("REL-06: nothing of it stands in what the server wrote", () => {
  assertTellsNothing(latchkey, secrets, [
    "access token",
    "authorization code",
    "code",
    "code verifier",
    "device code",
    "mailed token",
    "password",
    "recovery code",
    "refresh token",
  ]);
});

/** For so long whose answer was lost gets the same successor again. */
const LOST_ANSWER_MS = 10_000;

function candidate(index: number): string {
  return `candidate-orchard-${index}`;
}

async function enter(body: { email: string; code: string }): Promise<number> {
  return (await answerTo("/api/v1/auth/verify-code", { body })).status;
}

async function recover({ email, password }: Person, recovery_code = ""): Promise<number> {
  return (await answerTo("/api/v1/auth/login", { body: { email, password, recovery_code } }))
    .status;
}

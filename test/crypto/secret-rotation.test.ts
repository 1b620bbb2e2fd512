import { env } from "cloudflare:workers";
import { decodeProtectedHeader } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readRefreshToken } from "../../src/core/session/refresh-token.ts";
import { secretId } from "../../src/crypto/master-secret.ts";
import { terms } from "../../src/surfaces/planasonix/terms.ts";
import { contracts } from "../conformance/contracts.ts";
import { given, no } from "../conformance/driver.ts";
import { createdKey } from "../support/api-keys.ts";
import { breakCall, refuses } from "../support/break-calls.ts";
import { Browser, memberBrowser, type Page } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { mailedToken, mailTo, RESET } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { askToken, BACKEND, backendTokens, codeFor, redemption } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { answerWith, passkeyOf } from "../support/passkeys.ts";
import { type Person, registered, signedIn } from "../support/people.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService, type TestService } from "../support/service.ts";

const NEW_SECRET = "the-master-secret-that-comes-after-the-first";

const earlier = () => startService();
const rotating = () =>
  startService({ AUTH_SECRET: NEW_SECRET, AUTH_SECRET_PREVIOUS: env.AUTH_SECRET });
const leaked = () => startService({ AUTH_SECRET: NEW_SECRET, AUTH_SECRET_LEAKED: env.AUTH_SECRET });
/** The first of two deployments: everybody reads both, and nothing is made with the new one. */
const announced = () =>
  startService({ AUTH_SECRET: env.AUTH_SECRET, AUTH_SECRET_PREVIOUS: NEW_SECRET });
const afterwards = () => startService({ AUTH_SECRET: NEW_SECRET });

const hashOf = (email: string) =>
  env.DB.prepare(
    "SELECT hash FROM passwords JOIN accounts ON accounts.id = account_id WHERE email = ?",
  )
    .bind(email)
    .first<string>("hash");

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});

beforeEach(async () => {
  await env.DB.exec("DELETE FROM signing_keys");
  await earlier().signingKeys.current();
});

const signInOnPage = (browser: Browser, page: Page, { email, password }: Person) =>
  browser.submit(page.form("/signin"), { email, password });

describe("while a new master secret takes over from the one before", () => {
  it("passwords still match, and each is hashed anew under it at the next sign-in", async () => {
    const { email, password } = await registered(earlier());
    const oldHash = await hashOf(email);
    const service = rotating();
    const signIn = async (typed: string) =>
      (await service.ask("/api/login", { body: { email, password: typed } })).status;

    expect(await signIn("another-otter")).toBe(401);
    expect(await hashOf(email)).toBe(oldHash);
    expect(await signIn(password)).toBe(200);
    const newHash = await hashOf(email);
    expect(newHash).not.toBe(oldHash);
    expect(await signIn(password)).toBe(200);
    expect(await hashOf(email)).toBe(newHash);

    const after = afterwards();
    expect(await after.ports.passwordHashes.verify(password, newHash)).toBe(true);
    expect(await after.ports.passwordHashes.verify(password, oldHash)).toBe(false);
  });

  it("sessions go on: refresh tokens are read, and their successors are made with the new one", async () => {
    const { refreshToken } = await signedIn(earlier());
    const refreshed = await rotating().ask<{ refreshToken: string }>("/api/auth/refresh", {
      body: { refreshToken },
    });
    expect(refreshed.status).toBe(200);
    const successor = refreshed.body.refreshToken;
    const after = afterwards().ports;
    expect(await readRefreshToken(after.sealer, terms, successor)).toMatchObject({ generation: 1 });
    expect(await readRefreshToken(after.sealer, terms, refreshToken)).toBeNull();
  });

  it("access tokens are read, and new ones are signed with the key there is", async () => {
    const { accessToken } = await signedIn(earlier());
    const service = rotating();
    expect(await service.ports.accessTokens.read(accessToken)).not.toBeNull();
    const { accessToken: newer } = await signedIn(service);
    expect(await earlier().ports.accessTokens.read(newer)).not.toBeNull();
  });

  it.each(contracts)("a session of $contract goes on", async ({ connect }) => {
    const person = await member(earlier());
    const { accessToken, refreshToken } = given(await connect(earlier()).signIn(person));
    const driver = connect(rotating());

    expect(await driver.isSignedIn(accessToken)).toBe(true);
    if (driver.refresh) {
      const refreshed = given(await driver.refresh(refreshToken ?? ""));
      expect(await driver.isSignedIn(refreshed.accessToken)).toBe(true);
    }
  });

  it("a sign-in on a page goes on, and so do the forms that are open", async () => {
    const { browser } = await memberBrowser(earlier());
    const { form } = await browser.open("/account/profile");
    const same = browser.copy(rotating());
    expect((await same.open("/account")).status).toBe(200);
    const saved = await same.submit(form("/account/profile"));
    expect(saved.status).toBe(303);
  });

  it("a sign-in page that is open signs in, and a passkey that is asked for is taken", async () => {
    const { browser, person } = await memberBrowser(earlier());
    const device = await passkeyOf(browser);
    const visitor = new Browser(earlier());
    const page = await visitor.open("/signin");
    const typed = await signInOnPage(visitor.copy(rotating()), page, person);
    const touched = await answerWith(visitor.copy(rotating()), page, device);
    expect([typed.status, touched.status]).toEqual([303, 303]);
  });

  it.each(contracts)("$contract takes the second factor", async ({ connect }) => {
    stopClock();
    const person = await member(earlier());
    const { app, recoveryCodes } = await secondFactorOf(earlier(), person);
    const driver = connect(rotating());
    const [recoveryCode = ""] = recoveryCodes;

    given(await driver.signIn({ ...person, code: app.nextCode() }));
    given(await driver.signIn({ ...person, recoveryCode }));
    expect(await driver.signIn({ ...person, recoveryCode })).toEqual(no("second_factor_invalid"));
  });

  it("a sign-in that waits for its second factor goes on", async () => {
    stopClock();
    const person = await member(earlier());
    const { app } = await secondFactorOf(earlier(), person);
    const { email, password } = person;
    const first = await earlier().ask<{ mfaToken: string }>("/api/login", {
      body: { email, password },
    });
    const body = { mfaToken: first.body.mfaToken, code: app.nextCode() };
    expect((await rotating().ask("/api/login/mfa", { body })).status).toBe(200);
  });

  it("a code that was mailed signs in", async () => {
    const { email } = await member(earlier());
    await earlier().ask("/api/v1/auth/send-code", { body: { email } });
    const { text } = await mailTo(earlier(), email, /code/i);
    const body = { email, code: text.match(/^\d{6}$/m)?.[0] };
    expect((await rotating().ask("/api/v1/auth/verify-code", { body })).status).toBe(200);
  });

  it("an authorization code is redeemed, and a client goes on with its secret", async () => {
    const { accessToken } = await signedIn(earlier());
    const code = await codeFor(earlier(), accessToken);
    const { refresh_token } = await backendTokens(earlier());
    const form = { grant_type: "refresh_token", refresh_token };
    expect((await askToken(rotating(), redemption(code))).status).toBe(200);
    expect((await askToken(rotating(), form, BACKEND)).status).toBe(200);
  });

  it("device codes lead to their grants", async () => {
    const { deviceCode } = await startedDevice(earlier());
    const { body } = await poll(rotating(), deviceCode);
    expect(body.error.code).toBe("authorization_pending");
  });
});

describe("while a deployment spreads that swaps the secrets, after one in which all know both", () => {
  it.each(contracts)(
    "a session of $contract is read by either, back and forth",
    async (contract) => {
      const person = await member(earlier());
      const services = [announced(), rotating(), announced(), rotating()];
      let { accessToken, refreshToken } = given(await contract.connect(announced()).signIn(person));
      for (const service of services) {
        const driver = contract.connect(service);
        expect(await driver.isSignedIn(accessToken)).toBe(true);
        if (driver.refresh) {
          ({ accessToken, refreshToken } = given(await driver.refresh(refreshToken ?? "")));
        }
      }
    },
  );

  it("a second factor that was set up with either signs in with the other", async () => {
    stopClock();
    for (const [making, reading] of [
      [announced(), rotating()],
      [rotating(), announced()],
    ] as const) {
      const person = await member(making);
      const { app, recoveryCodes } = await secondFactorOf(making, person);
      const [recoveryCode = ""] = recoveryCodes;
      const driver = contracts[0]?.connect(reading);
      expect((await driver?.signIn({ ...person, code: app.nextCode() }))?.yes).toBe(true);
      expect((await driver?.signIn({ ...person, recoveryCode }))?.yes).toBe(true);
    }
  });

  it("the hourly run of the first deployment moves nothing, and nothing is made with the new one", async () => {
    // What there is of others.
    await announced().moveToCurrentSecret();
    const person = await member(announced());
    await secondFactorOf(announced(), person);
    await env.DB.exec("DELETE FROM signing_keys");
    await announced().signingKeys.current();
    expect(await announced().moveToCurrentSecret()).toEqual({ moved: 0, hasMore: false });
    const before = startService();
    const { email, password } = person;
    expect(await before.ports.passwordHashes.verify(password, await hashOf(email))).toBe(true);
    await expect(before.signingKeys.current()).resolves.toBeDefined();
    expect(await env.DB.prepare("SELECT count(*) AS n FROM signing_keys").first("n")).toBe(1);
  });
});

/** Whether an access token opens the profile. */
const isTaken = async (service: TestService, bearer: string) =>
  (await service.ask("/api/user/profile", { method: "GET", bearer })).status === 200;

/** What stands in the database under the secret before, by its id. */
async function leftUnderOld(): Promise<number> {
  const id = await secretId(env.AUTH_SECRET);
  const row = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM signing_keys WHERE sealed_private_jwk LIKE ?1)
       + (SELECT count(*) FROM second_factors WHERE sealed_secret LIKE ?1)
       + (SELECT count(*) FROM recovery_codes WHERE digest LIKE ?1) AS n`,
  )
    .bind(`${id}.%`)
    .first<{ n: number }>();
  return row?.n ?? 0;
}

describe("once what is stored has been moved and the secret before is gone", () => {
  it("who did not sign in meanwhile has their second factor, and their recovery codes", async () => {
    stopClock();
    const person = await member(earlier());
    const { app, recoveryCodes } = await secondFactorOf(earlier(), person);
    const [recoveryCode = ""] = recoveryCodes;
    expect(await leftUnderOld()).toBeGreaterThan(0);
    const { moved, hasMore } = await rotating().moveToCurrentSecret();
    expect({ hasMore, isAll: moved >= 1 + 1 + 8 }).toEqual({ hasMore: false, isAll: true });
    expect(await leftUnderOld()).toBe(0);

    const service = afterwards();
    // Only the password was peppered with the secret before: its owner recovers by mail.
    const driver = contracts[0]?.connect(service);
    expect(await driver?.signIn(person)).toEqual(no("invalid_credentials"));
    await service.ask("/api/forgot-password", { body: { email: person.email } });
    const token = await mailedToken(service, person.email, RESET);
    const renewed = { ...person, password: `${person.password}-anew` };
    await service.ask("/api/reset-password", { body: { token, password: renewed.password } });

    expect(await driver?.signIn(renewed)).toEqual(no("second_factor_required"));
    expect((await driver?.signIn({ ...renewed, code: app.nextCode() }))?.yes).toBe(true);
    expect((await driver?.signIn({ ...renewed, recoveryCode }))?.yes).toBe(true);
    expect(await driver?.signIn({ ...renewed, recoveryCode })).toEqual(no("second_factor_invalid"));
  });

  it("the key that signs is the same, and what it has signed is good", async () => {
    const { accessToken } = await signedIn(earlier());
    await rotating().moveToCurrentSecret();
    const service = afterwards();
    expect(await isTaken(service, accessToken)).toBe(true);
    const { kid } = decodeProtectedHeader(accessToken);
    expect((await service.signingKeys.current()).kid).toBe(kid);
  });

  it("keys of an API, links that were mailed and client secrets are good: they need no secret", async () => {
    const { accessToken, person } = await signedIn(earlier());
    const { key } = await createdKey(earlier(), accessToken);
    const { email } = person;
    await earlier().ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(earlier(), email, RESET);
    const service = afterwards();

    const headers = { "x-planasonix-api-key": key };
    const profile = await service.ask("/api/user/profile", { method: "GET", headers });
    expect(profile.status).toBe(200);
    const body = { token, password: "a-password-that-is-new" };
    expect((await service.ask("/api/reset-password", { body })).status).toBe(200);
    const form = { grant_type: "client_credentials", scope: "reports:read" };
    expect((await askToken(service, form, BACKEND)).status).toBe(200);
  });

  it("who refreshed since goes on, and who did not signs in once more", async () => {
    const [active, away] = [await signedIn(earlier()), await signedIn(earlier())];
    const refresh = (service: TestService, refreshToken: string) =>
      service.ask<{ refreshToken: string }>("/api/auth/refresh", { body: { refreshToken } });
    const { body } = await refresh(rotating(), active.refreshToken);
    expect((await refresh(afterwards(), body.refreshToken)).status).toBe(200);
    expect((await refresh(afterwards(), away.refreshToken)).status).toBe(401);
  });

  const marked = () =>
    env.DB.prepare("SELECT mark FROM marks WHERE name = 'secret'").first<string>("mark");

  it("says which secrets it saw, for whoever counts what is left", async () => {
    const [before, current] = [await secretId(env.AUTH_SECRET), await secretId(NEW_SECRET)];
    await earlier().moveToCurrentSecret();
    expect(await marked()).toBe(before);
    await rotating().moveToCurrentSecret();
    expect(await marked()).toBe(`${current} ${before}`);
  });

  it("says so also where moving fails then", async () => {
    await earlier().moveToCurrentSecret();
    const move = breakCall(1, refuses, () => rotating().moveToCurrentSecret());
    await expect(move).rejects.toThrow();
    expect(await marked()).toBe(`${await secretId(NEW_SECRET)} ${await secretId(env.AUTH_SECRET)}`);
  });
});

describe("where the secret before has leaked", () => {
  it.each(contracts)(
    "nothing that it made for a session of $contract is taken any more",
    async ({ connect }) => {
      const person = await member(earlier());
      const { accessToken, refreshToken } = given(await connect(earlier()).signIn(person));
      const driver = connect(leaked());
      const isJwt = accessToken.split(".").length === 3;

      // What a signing key has signed is good: the secret opens that key to nobody without the database.
      expect(await driver.isSignedIn(accessToken)).toBe(isJwt);
      if (driver.refresh) {
        expect((await driver.refresh(refreshToken ?? "")).yes).toBe(false);
      }
    },
  );

  it("no page is signed in, and no code or sign-in under way goes on", async () => {
    const { browser } = await memberBrowser(earlier());
    expect((await browser.copy(leaked()).open("/account")).status).toBe(303);
    const { accessToken } = await signedIn(earlier());
    const code = await codeFor(earlier(), accessToken);
    expect((await askToken(leaked(), redemption(code))).body.error).toBe("invalid_grant");
    const { deviceCode } = await startedDevice(earlier());
    expect((await poll(leaked(), deviceCode)).body.error.code).toBe("invalid_grant");
  });

  it("passwords and second factors are as good as before, and move to the new one", async () => {
    stopClock();
    const person = await member(earlier());
    const { app, recoveryCodes } = await secondFactorOf(earlier(), person);
    const [recoveryCode = ""] = recoveryCodes;
    const driver = contracts[0]?.connect(leaked());
    expect((await driver?.signIn({ ...person, code: app.nextCode() }))?.yes).toBe(true);

    await leaked().moveToCurrentSecret();

    expect(await leftUnderOld()).toBe(0);
    const after = contracts[0]?.connect(afterwards());
    expect((await after?.signIn({ ...person, recoveryCode }))?.yes).toBe(true);
  });
});

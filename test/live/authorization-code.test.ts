import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import type { NewClient } from "../../scripts/new-client.ts";
import { assertIdToken } from "./support/assert-id-token.ts";
import { Browser } from "./support/browser.ts";
import { discovered } from "./support/discovered.ts";
import { goThrough } from "./support/go-through.ts";
import { issuer } from "./support/issuer.ts";
import { newPerson } from "./support/person.ts";
import { refusedWith } from "./support/refused-with.ts";
import { prepareSignIn, SCOPE, signInTo } from "./support/sign-in.ts";
import { testClients } from "./support/test-clients.ts";

const { app, ownApp, site } = testClients;

const WAYS: readonly [string, NewClient, readonly string[]][] = [
  ["an app of somebody else", app, ["sign-in", "consent"]],
  ["an app of ours", ownApp, ["sign-in"]],
  ["a site with a secret", site, ["sign-in"]],
];

for (const [who, known, expected] of WAYS) {
  test(`${who} signs somebody in after ${expected.join(" and ")}`, async () => {
    const [person, configuration] = await Promise.all([newPerson(), discovered(known)]);
    const { tokens, callback, checks, steps } = await signInTo(
      configuration,
      new Browser(),
      person,
    );
    assert.deepEqual(steps, expected);
    assert.equal(`${callback.origin}${callback.pathname}`, "http://127.0.0.1:54321/callback");
    assert.deepEqual([...callback.searchParams.keys()].sort(), ["code", "iss", "state"]);
    assert.equal(callback.searchParams.get("iss"), issuer);

    const { access_token, refresh_token, id_token, ...rest } = tokens;
    assert.ok(access_token && refresh_token && id_token);
    assert.deepEqual({ ...rest }, { token_type: "bearer", expires_in: 900, scope: SCOPE });
    assertIdToken(tokens, { sub: person.id, aud: known.id, nonce: checks.expectedNonce });
  });
}

test("who is signed in already is asked for consent alone", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(app)]);
  const browser = new Browser();
  await signInTo(known, browser, person);
  const { steps } = await signInTo(known, browser, person);
  assert.deepEqual(steps, ["consent"]);
});

test("who is signed in already goes straight through to an app of ours", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const browser = new Browser();
  await signInTo(known, browser, person);
  const { steps } = await signInTo(known, browser, person, { prompt: "none" });
  assert.deepEqual(steps, []);
});

test("prompt=login asks who is signed in to sign in again", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const browser = new Browser();
  await signInTo(known, browser, person);
  const { steps } = await signInTo(known, browser, person, { prompt: "login" });
  assert.deepEqual(steps, ["sign-in"]);
});

test("a client that allows no age gets a sign-in of this moment, and checks auth_time", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const browser = new Browser();
  const first = await signInTo(known, browser, person);
  const { request, checks } = await prepareSignIn(known, { max_age: "0" });
  const { callback, steps } = await goThrough(browser, request, person);
  assert.deepEqual(steps, ["sign-in"]);
  const tokens = await client.authorizationCodeGrant(known, callback, { ...checks, maxAge: 0 });
  const before = first.tokens.claims()?.auth_time ?? Number.NaN;
  const after = tokens.claims()?.auth_time ?? Number.NaN;
  assert.ok(after >= before);
});

test("a sign-in within max_age stands, with the time at which it was made", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const browser = new Browser();
  const first = await signInTo(known, browser, person);
  const { request, checks } = await prepareSignIn(known, { max_age: "3600" });
  const { callback, steps } = await goThrough(browser, request, person);
  const tokens = await client.authorizationCodeGrant(known, callback, { ...checks, maxAge: 3600 });
  assert.deepEqual(steps, []);
  assert.equal(tokens.claims()?.auth_time, first.tokens.claims()?.auth_time);
});

const NOBODY_ASKED: readonly [string, NewClient, string][] = [
  ["login_required", ownApp, "nobody is signed in"],
  ["consent_required", app, "nobody has consented"],
];

for (const [error, known, why] of NOBODY_ASKED) {
  test(`prompt=none shows no page: ${error} where ${why}`, async () => {
    const [person, configuration] = await Promise.all([newPerson(), discovered(known)]);
    const browser = new Browser();
    if (error === "consent_required") {
      await signInTo(configuration, browser, person);
    }
    const { request, checks } = await prepareSignIn(configuration, { prompt: "none" });
    const { callback, steps } = await goThrough(browser, request, person);
    assert.deepEqual(steps, []);
    await assert.rejects(client.authorizationCodeGrant(configuration, callback, checks), {
      code: "OAUTH_AUTHORIZATION_RESPONSE_ERROR",
      error,
    });
  });
}

test("a client is told that the person said no", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(app)]);
  const { request, checks } = await prepareSignIn(known);
  const { callback } = await goThrough(new Browser(), request, person, { consent: false });
  await assert.rejects(client.authorizationCodeGrant(known, callback, checks), {
    code: "OAUTH_AUTHORIZATION_RESPONSE_ERROR",
    error: "access_denied",
  });
});

test("TOK-14: openid-client refuses the answer to another request's state, and the wrong issuer's", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const { request, checks } = await prepareSignIn(known);
  const { callback } = await goThrough(new Browser(), request, person);
  const elsewhere = new URL(callback);
  elsewhere.searchParams.set("iss", "https://other.example");
  const nameless = new URL(callback);
  nameless.searchParams.delete("iss");
  const otherState = { ...checks, expectedState: client.randomState() };
  for (const [answer, kept] of [
    [callback, otherState],
    [elsewhere, checks],
    [nameless, checks],
  ] as const) {
    await assert.rejects(client.authorizationCodeGrant(known, answer, kept), {
      code: "OAUTH_INVALID_RESPONSE",
    });
  }
  // None of them spent the code.
  const tokens = await client.authorizationCodeGrant(known, callback, checks);
  assert.equal(tokens.claims()?.sub, person.id);
});

test("openid-client refuses an ID token with the nonce of another request", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const { request, checks } = await prepareSignIn(known);
  const { callback } = await goThrough(new Browser(), request, person);
  const otherNonce = { ...checks, expectedNonce: client.randomNonce() };
  await assert.rejects(client.authorizationCodeGrant(known, callback, otherNonce), {
    code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  });
});

test("TOK-08: a code without its verifier is refused, and stays good for who has it", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const { request, checks } = await prepareSignIn(known);
  const { callback } = await goThrough(new Browser(), request, person);
  const wrong = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() };
  const { pkceCodeVerifier: _, ...none } = checks;
  for (const kept of [wrong, none]) {
    await assert.rejects(
      client.authorizationCodeGrant(known, callback, kept),
      refusedWith("invalid_grant"),
    );
  }
  const tokens = await client.authorizationCodeGrant(known, callback, checks);
  assert.equal(tokens.claims()?.sub, person.id);
});

test("TOK-12: a code is refused to another client", async () => {
  const [person, known, other] = await Promise.all([
    newPerson(),
    discovered(ownApp),
    discovered(app),
  ]);
  const { request, checks } = await prepareSignIn(known);
  const { callback } = await goThrough(new Browser(), request, person);
  await assert.rejects(
    client.authorizationCodeGrant(other, callback, checks),
    refusedWith("invalid_grant"),
  );
});

test("TOK-11: a code presented twice ends what it gave", async () => {
  const [person, known] = await Promise.all([newPerson(), discovered(ownApp)]);
  const { tokens, callback, checks } = await signInTo(known, new Browser(), person);
  await client.fetchUserInfo(known, tokens.access_token, person.id);
  await assert.rejects(
    client.authorizationCodeGrant(known, callback, checks),
    refusedWith("invalid_grant"),
  );
  await assert.rejects(client.fetchUserInfo(known, tokens.access_token, person.id), {
    code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
    status: 401,
  });
  await assert.rejects(
    client.refreshTokenGrant(known, tokens.refresh_token ?? ""),
    refusedWith("invalid_grant"),
  );
});

test("a site with a wrong secret is refused, however it sends it", async () => {
  const person = await newPerson();
  for (const authentication of [client.ClientSecretBasic, client.ClientSecretPost]) {
    const known = await discovered(site, authentication(`${site.secret}?`));
    const { request, checks } = await prepareSignIn(known);
    const { callback } = await goThrough(new Browser(), request, person);
    await assert.rejects(client.authorizationCodeGrant(known, callback, checks), {
      code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
      status: 401,
    });
  }
});

const NEVER_LED_TO: readonly [string, Readonly<Record<string, string>>][] = [
  ["an address that its client did not register", { redirect_uri: "http://127.0.0.1:5/other" }],
  ["another site", { redirect_uri: "https://evil.example/callback" }],
  ["the address of a client that nobody registered", { client_id: "nobody" }],
];

for (const [where, parameters] of NEVER_LED_TO) {
  test(`TOK-10: nobody is led to ${where}`, async () => {
    const known = await discovered(ownApp);
    const { request } = await prepareSignIn(known, parameters);
    const page = await new Browser().open(request);
    assert.equal(page.location, null);
    assert.equal(page.status, 400);
  });
}

test("TOK-08: a request without a challenge is led back with invalid_request, state and iss", async () => {
  const known = await discovered(ownApp);
  const { request, checks } = await prepareSignIn(known);
  request.searchParams.delete("code_challenge");
  request.searchParams.delete("code_challenge_method");
  const { location } = await new Browser().open(request);
  assert.ok(location);
  assert.equal(location.searchParams.get("state"), checks.expectedState);
  await assert.rejects(client.authorizationCodeGrant(known, location, checks), {
    code: "OAUTH_AUTHORIZATION_RESPONSE_ERROR",
    error: "invalid_request",
  });
});

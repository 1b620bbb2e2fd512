import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { assertIdToken } from "./support/assert-id-token.ts";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered, fetchFrom } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { decide, newPerson } from "./support/person.ts";
import { refusedWith } from "./support/refused-with.ts";
import { testClients } from "./support/test-clients.ts";

const SCOPE = "openid profile email offline_access";

test("DEV-02: a device is told all that it has to show and to do", async () => {
  const television = await discovered(testClients.television);
  const grant = await client.initiateDeviceAuthorization(television, { scope: SCOPE });
  const { device_code, user_code, ...rest } = grant;
  assert.match(device_code, /^[\x21-\x7e]{22,}$/);
  assert.match(user_code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
  assert.deepEqual(rest, {
    verification_uri: `${issuer}/device`,
    verification_uri_complete: `${issuer}/device?user_code=${user_code}`,
    expires_in: 900,
    interval: 5,
  });
});

test("DEV-09: openid-client polls at the pace it was given until the person approves", async () => {
  const [person, television] = await Promise.all([newPerson(), discovered(testClients.television)]);
  const grant = await client.initiateDeviceAuthorization(television, { scope: SCOPE });
  const polls: string[] = [];
  const send = fetchFrom(person.address);
  // Looks on: what is sent and what comes back is the client's and the server's own.
  television[client.customFetch] = async (url, options) => {
    const answer = await send(url, options);
    if (url === television.serverMetadata().token_endpoint) {
      const { error = "tokens" } = (await answer.clone().json()) as { error?: string };
      polls.push(error);
    }
    if (polls.length === 1) {
      await decide(person, grant.user_code);
    }
    return answer;
  };
  const tokens = await client.pollDeviceAuthorizationGrant(television, grant);
  assert.deepEqual(polls, ["authorization_pending", "tokens"]);
  const { access_token, refresh_token, id_token, ...rest } = tokens;
  assert.ok(access_token && refresh_token && id_token);
  assert.deepEqual({ ...rest }, { token_type: "bearer", expires_in: 900, scope: SCOPE });
});

test("openid-client accepts the ID token, and it says who approved", async () => {
  const person = await newPerson();
  const { tokens } = await deviceTokens(person);
  assertIdToken(tokens, { sub: person.id, aud: testClients.television.id });
});

test("a device without openid gets no ID token", async () => {
  const { tokens } = await deviceTokens(await newPerson(), { scope: "profile:read" });
  assert.equal(tokens.claims(), undefined);
  assert.equal(tokens.scope, "profile:read");
});

test("DEV-11: a device that is denied is told so, for good", async () => {
  const [person, television] = await Promise.all([newPerson(), discovered(testClients.television)]);
  const grant = await client.initiateDeviceAuthorization(television, { scope: SCOPE });
  await decide(person, grant.user_code, false);
  for (const _ of ["at once", "ever after"]) {
    await assert.rejects(
      client.pollDeviceAuthorizationGrant(television, { ...grant, interval: 0 }),
      refusedWith("access_denied"),
    );
  }
});

test("DEV-13: a device code is redeemed once", async () => {
  const [person, television] = await Promise.all([newPerson(), discovered(testClients.television)]);
  const started = await client.initiateDeviceAuthorization(television, { scope: SCOPE });
  const grant = { ...started, interval: 0 };
  await decide(person, grant.user_code);
  await client.pollDeviceAuthorizationGrant(television, grant);
  await assert.rejects(
    client.pollDeviceAuthorizationGrant(television, grant),
    refusedWith("invalid_grant"),
  );
});

test("a device that started with a challenge redeems with its verifier alone", async () => {
  const [person, television] = await Promise.all([newPerson(), discovered(testClients.television)]);
  const code_verifier = client.randomPKCECodeVerifier();
  const started = await client.initiateDeviceAuthorization(television, {
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(code_verifier),
    code_challenge_method: "S256",
  });
  const grant = { ...started, interval: 0 };
  await decide(person, grant.user_code);
  const wrong = { code_verifier: client.randomPKCECodeVerifier() };
  for (const parameters of [{}, wrong]) {
    await assert.rejects(
      client.pollDeviceAuthorizationGrant(television, grant, parameters),
      refusedWith("invalid_grant"),
    );
  }
  const tokens = await client.pollDeviceAuthorizationGrant(television, grant, { code_verifier });
  assert.equal(tokens.claims()?.sub, person.id);
});

test("DEV-03: a client that nobody registered starts nothing", async () => {
  const stranger = await discovered({ ...testClients.television, id: "nobody" });
  await assert.rejects(client.initiateDeviceAuthorization(stranger, { scope: SCOPE }), {
    code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
    status: 401,
  });
});

test("DEV-24: a scope beyond the client's own is refused by its name", async () => {
  const television = await discovered(testClients.television);
  await assert.rejects(
    client.initiateDeviceAuthorization(television, { scope: "openid everything" }),
    refusedWith("invalid_scope"),
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oauth from "oauth4webapi";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { newPerson } from "./support/person.ts";
import { API, testClients } from "./support/test-clients.ts";

const server: oauth.AuthorizationServer = (await discovered(testClients.api)).serverMetadata();
const keys = createRemoteJWKSet(new URL(server.jwks_uri ?? ""));

test("jose verifies an access token offline, by the published keys alone", async () => {
  const person = await newPerson();
  const { tokens } = await deviceTokens(person, { scope: "openid profile:read", resource: API });
  const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, {
    issuer,
    audience: API,
    typ: "at+jwt",
    algorithms: ["ES256"],
  });
  assert.deepEqual(Object.keys(protectedHeader).sort(), ["alg", "kid", "typ"]);
  const { iat = 0, exp = 0, jti, sid, tenant, ...claims } = payload;
  assert.deepEqual(claims, {
    iss: issuer,
    aud: API,
    sub: person.id,
    client_id: testClients.television.id,
    scope: "openid profile:read",
    roles: ["user"],
  });
  assert.equal(exp - iat, 900);
  for (const id of [jti, sid, tenant]) {
    assert.match(String(id), /^[0-9a-f-]{36}$/);
  }
});

test("an API that uses oauth4webapi takes the token as RFC 9068 has it", async () => {
  const person = await newPerson();
  const { tokens } = await deviceTokens(person, { scope: "profile:read", resource: API });
  const claims = await validate(tokens.access_token, API);
  assert.equal(claims.sub, person.id);
  assert.equal(claims.client_id, testClients.television.id);
});

test("an API refuses a token for another audience, and an ID token", async () => {
  const { tokens } = await deviceTokens(await newPerson(), { scope: "openid", resource: API });
  await assert.rejects(validate(tokens.access_token, "https://other.example"), {
    code: oauth.JWT_CLAIM_COMPARISON,
  });
  await assert.rejects(validate(tokens.id_token ?? "", testClients.television.id), {
    code: oauth.INVALID_RESPONSE,
  });
});

test("an API refuses a token whose claims were changed", async () => {
  const { tokens } = await deviceTokens(await newPerson(), {
    scope: "profile:read",
    resource: API,
  });
  const [head, body = "", signature] = tokens.access_token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, roles: ["superadmin"] }));
  const forged = `${head}.${changed.toString("base64url")}.${signature}`;
  await assert.rejects(validate(forged, API), { code: oauth.INVALID_RESPONSE });
});

/** What the guard of an API does with the request that carries the token. */
function validate(accessToken: string, audience: string): Promise<oauth.JWTAccessTokenClaims> {
  const request = new Request(`${API}/things`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return oauth.validateJwtAccessToken(server, request, audience, {
    signingAlgorithms: ["ES256"],
    [oauth.allowInsecureRequests]: true,
  });
}

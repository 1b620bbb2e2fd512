import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt } from "jose";
import * as client from "openid-client";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { newPerson } from "./support/person.ts";
import { API, testClients } from "./support/test-clients.ts";

const api = await discovered(testClients.api);

test("INT-03: an API is told all about a token for it", async () => {
  const person = await newPerson();
  const { tokens } = await deviceTokens(person, { scope: "openid profile:read", resource: API });
  const { iat, exp, jti, sid } = decodeJwt(tokens.access_token);
  const told = await client.tokenIntrospection(api, tokens.access_token);
  const { active, scope, client_id, token_type, sub, aud, iss, ...rest } = told;
  assert.deepEqual(
    { active, scope, client_id, token_type, sub, aud, iss },
    {
      active: true,
      scope: "openid profile:read",
      client_id: testClients.television.id,
      token_type: "Bearer",
      sub: person.id,
      aud: API,
      iss: issuer,
    },
  );
  assert.deepEqual(
    { iat: rest.iat, exp: rest.exp, jti: rest.jti, sid: rest["sid"] },
    {
      iat,
      exp,
      jti,
      sid,
    },
  );
});

test("INT-02: what is no token, or is somebody else's to refresh, is inactive and nothing more", async () => {
  const { tokens } = await deviceTokens(await newPerson());
  for (const token of ["no token", tokens.refresh_token ?? "", tokens.id_token ?? ""]) {
    assert.deepEqual(await client.tokenIntrospection(api, token), { active: false });
  }
});

test("INT-01: whoever cannot prove who they are is told nothing", async () => {
  const { television, tokens } = await deviceTokens(await newPerson());
  const impostor = await discovered(testClients.api, client.ClientSecretBasic("wrong"));
  for (const asking of [television, impostor]) {
    await assert.rejects(client.tokenIntrospection(asking, tokens.access_token), {
      code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
      status: 401,
    });
  }
});

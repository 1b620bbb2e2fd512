import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeJwt } from "jose";
import * as client from "openid-client";
import { discovered } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { refusedWith } from "./support/refused-with.ts";
import { API, testClients } from "./support/test-clients.ts";

const { api, site, television } = testClients;

const WAYS = [
  ["client_secret_basic", client.ClientSecretBasic],
  ["client_secret_post", client.ClientSecretPost],
] as const;

for (const [way, authentication] of WAYS) {
  test(`a client gets a token for itself by ${way}`, async () => {
    const known = await discovered(api, authentication(api.secret));
    const { access_token, ...rest } = await client.clientCredentialsGrant(known);
    assert.deepEqual({ ...rest }, { token_type: "bearer", expires_in: 900, scope: "profile:read" });
    const { iss, aud, sub, client_id, scope, sid } = decodeJwt(access_token);
    assert.deepEqual(
      { iss, aud, sub, client_id, scope, sid },
      {
        iss: issuer,
        aud: issuer,
        sub: `client:${api.id}`,
        client_id: api.id,
        scope: "profile:read",
        sid: undefined,
      },
    );
  });

  test(`TOK-04: a wrong secret is refused by ${way}`, async () => {
    const known = await discovered(api, authentication("wrong"));
    await assert.rejects(client.clientCredentialsGrant(known), {
      code: "OAUTH_WWW_AUTHENTICATE_CHALLENGE",
      status: 401,
    });
  });
}

test("a client's token is for the resource it asks for", async () => {
  const known = await discovered(api);
  const { access_token } = await client.clientCredentialsGrant(known, { resource: API });
  assert.equal(decodeJwt(access_token).aud, API);
  await assert.rejects(
    client.clientCredentialsGrant(known, { resource: "https://other.example" }),
    refusedWith("invalid_target"),
  );
});

test("a client gets no scope that is not its own", async () => {
  const known = await discovered(api);
  await assert.rejects(
    client.clientCredentialsGrant(known, { scope: "profile:write" }),
    refusedWith("invalid_scope"),
  );
});

test("TOK-07: only who is registered for it gets a token for itself", async () => {
  await assert.rejects(
    client.clientCredentialsGrant(await discovered(site)),
    refusedWith("unauthorized_client"),
  );
  await assert.rejects(
    client.clientCredentialsGrant(await discovered(television)),
    refusedWith("unauthorized_client"),
  );
});

test("TOK-06: a grant that nobody offers is refused by its name", async () => {
  const known = await discovered(api);
  await assert.rejects(
    client.genericGrantRequest(known, "password", { username: "a", password: "b" }),
    refusedWith("unsupported_grant_type"),
  );
});

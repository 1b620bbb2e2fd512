import assert from "node:assert/strict";
import { test } from "node:test";
import * as oauth from "oauth4webapi";
import * as client from "openid-client";
import { issuer } from "./support/issuer.ts";
import { testClients } from "./support/test-clients.ts";

const WELL_KNOWN = [
  ["oauth2", "/.well-known/oauth-authorization-server"],
  ["oidc", "/.well-known/openid-configuration"],
] as const;

for (const [algorithm, path] of WELL_KNOWN) {
  test(`MET-01: openid-client finds the server by ${path} and believes its issuer`, async () => {
    const found = await client.discovery(
      new URL(issuer),
      testClients.television.id,
      {},
      client.None(),
      { algorithm, execute: [client.allowInsecureRequests] },
    );
    assert.equal(found.serverMetadata().issuer, issuer);
    assert.equal(found.serverMetadata().supportsPKCE(), true);
  });

  test(`MET-01: oauth4webapi reads the whole of ${path}`, async () => {
    const answer = await oauth.discoveryRequest(new URL(issuer), {
      algorithm,
      [oauth.allowInsecureRequests]: true,
    });
    const { scopes_supported, claims_supported, ...metadata } =
      await oauth.processDiscoveryResponse(new URL(issuer), answer);
    assert.ok(scopes_supported?.includes("openid"));
    assert.ok(Array.isArray(claims_supported) && claims_supported.includes("email_verified"));
    assert.deepEqual(metadata, expected);
  });
}

test("a client that expects another issuer refuses the document", async () => {
  const answer = await fetch(new URL("/.well-known/openid-configuration", issuer));
  await assert.rejects(oauth.processDiscoveryResponse(new URL("https://other.example"), answer), {
    code: oauth.JSON_ATTRIBUTE_COMPARISON,
  });
});

test("MET-03: the issuer follows no Host header", async () => {
  const answer = await fetch(new URL("/.well-known/openid-configuration", issuer), {
    headers: { "x-forwarded-host": "evil.example", forwarded: "host=evil.example" },
  });
  assert.equal(((await answer.json()) as { issuer: string }).issuer, issuer);
});

const publicAndConfidential = ["none", "client_secret_basic", "client_secret_post"];

const expected = {
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  grant_types_supported: [
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:device_code",
  ],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["ES256"],
  token_endpoint_auth_methods_supported: publicAndConfidential,
  revocation_endpoint_auth_methods_supported: publicAndConfidential,
  introspection_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  code_challenge_methods_supported: ["S256"],
  authorization_response_iss_parameter_supported: true,
  prompt_values_supported: ["none", "login", "consent"],
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  claims_parameter_supported: false,
  device_poll_wait_seconds_supported: 25,
  device_wait_endpoint: `${issuer}/oauth/device/wait`,
  device_code_challenge_methods_supported: ["S256"],
};

import { beforeAll, describe, expect, it } from "vitest";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";
import { sendRaw } from "../surfaces/raw.ts";

const PATHS = ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"];
const service = startService();
const { publicUrl: issuer } = service.settings;
const publicAndConfidential = ["none", "client_secret_basic", "client_secret_post"];

const METADATA = {
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  scopes_supported: [
    ...["openid", "profile", "email", "offline_access", "profile:read", "profile:write"],
  ],
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
  claims_supported: [
    ...["iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "sid"],
    ...["name", "given_name", "family_name", "picture", "zoneinfo", "locale", "updated_at"],
    ...["email", "email_verified"],
  ],
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  claims_parameter_supported: false,
  device_poll_wait_seconds_supported: 25,
  device_wait_endpoint: `${issuer}/oauth/device/wait`,
  device_code_challenge_methods_supported: ["S256"],
};

beforeAll(registerOAuthClients);

describe.each(PATHS)("%s", (path) => {
  it("DEV-25, MET-02 says where everything is and what it can do, for anyone to keep", async () => {
    expect(seen(await service.ask(path, { method: "GET" }))).toEqual({
      status: 200,
      headers: { "cache-control": "public, max-age=300", "content-type": "application/json" },
      body: METADATA,
    });
  });

  it.each([
    { host: "evil.example.test" },
    { "x-forwarded-host": "evil.example.test" },
    { forwarded: "host=evil.example.test" },
    { "x-forwarded-proto": "ftp", "x-forwarded-port": "1" },
  ])("MET-03 believes no header about what it is called: %j", async (headers) => {
    const { body } = await service.ask(path, { method: "GET", headers });

    expect(body).toEqual(METADATA);
  });

  it("MET-03 is the configured issuer's on any host", async () => {
    const response = await service.fetch(new Request(`https://evil.example.test${path}`));

    expect(await response.json()).toEqual(METADATA);
  });

  it("takes no POST", async () => {
    const { status, headers } = await sendRaw(service, { method: "POST", path });

    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD" });
  });
});

describe("MET-01 each endpoint of the metadata", () => {
  const endpoints = Object.entries(METADATA).filter(([name]) => /_endpoint$|_uri$/.test(name));

  it.each(endpoints)("answers: %s", async (_, url) => {
    const path = String(url).slice(issuer.length);
    const answers = [
      await service.ask(path, { method: "GET" }),
      await service.ask(path, { method: "POST" }),
    ];

    expect(answers.map(({ status }) => status)).not.toContain(404);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
  });
});

describe("MET-02 each grant of the metadata", () => {
  it.each(METADATA.grant_types_supported)("is one that there is: %s", async (grant_type) => {
    const { body } = await service.ask("/oauth/token", {
      body: { grant_type, client_id: "test-api", client_secret: "wrong", code: "x" },
    });

    expect(body).not.toMatchObject({ error: "unsupported_grant_type" });
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { ask as authorize, SPA_CALLBACK } from "../support/authorization.ts";
import { Browser } from "../support/browser.ts";
import {
  BACKEND,
  DEVICE_CODE_GRANT,
  type FormFields,
  type OAuthError,
  post,
} from "../support/oauth.ts";
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
  it("MET-01: says where everything is and what it can do, under its issuer, for anyone to keep", async () => {
    expect(seen(await service.ask(path, { method: "GET" }))).toEqual({
      status: 200,
      headers: { "cache-control": "public, max-age=300", "content-type": "application/json" },
      body: METADATA,
    });
  });

  it("MET-01: is that of the configured issuer, with every endpoint under it", async () => {
    const elsewhere = "https://auth.example.test";
    const { ask } = startService({
      ENVIRONMENT: "production",
      PUBLIC_URL: elsewhere,
      PASSWORD_ITERATIONS: "600000",
    });

    const { body } = await ask<object>(path, { method: "GET" });

    expect(body).toEqual(JSON.parse(JSON.stringify(METADATA).replaceAll(issuer, elsewhere)));
  });

  it("DEV-25: says where a device starts, and that it can", async () => {
    const { body } = await service.ask<typeof METADATA>(path, { method: "GET" });

    expect(body.device_authorization_endpoint).toBe(`${issuer}/oauth/device_authorization`);
    expect(body.grant_types_supported).toContain(DEVICE_CODE_GRANT);
  });

  it.each([
    { host: "evil.example.test" },
    { "x-forwarded-host": "evil.example.test" },
    { forwarded: "host=evil.example.test" },
    { "x-forwarded-proto": "ftp", "x-forwarded-port": "1" },
  ])("MET-03: believes no header about what it is called: %j", async (headers) => {
    const { body } = await service.ask(path, { method: "GET", headers });

    expect(body).toEqual(METADATA);
  });

  it("MET-03: is the configured issuer's on any host", async () => {
    const response = await service.fetch(new Request(`https://evil.example.test${path}`));

    expect(await response.json()).toEqual(METADATA);
  });

  it("takes no POST", async () => {
    const { status, headers } = await sendRaw(service, { method: "POST", path });

    expect({ status, allow: headers.get("allow") }).toEqual({ status: 405, allow: "GET, HEAD" });
  });
});

describe("MET-01: each endpoint of the metadata", () => {
  const UPGRADE = 426;
  /** What it says to a GET and to a POST that bring nothing. */
  const told: Record<string, [get: number, post: number]> = {
    authorization_endpoint: [400, 415],
    token_endpoint: [405, 400],
    device_authorization_endpoint: [405, 400],
    revocation_endpoint: [405, 400],
    introspection_endpoint: [405, 400],
    userinfo_endpoint: [401, 401],
    jwks_uri: [200, 405],
    device_wait_endpoint: [UPGRADE, 405],
  };

  it("is known here", () => {
    const named = Object.keys(METADATA).filter((name) => /_endpoint$|_uri$/.test(name));

    expect(Object.keys(told).sort()).toEqual(named.sort());
  });

  it.each(Object.entries(told))("answers: %s", async (name, statuses) => {
    const path = Reflect.get(METADATA, name).slice(issuer.length);
    const answers = [
      await service.ask(path, { method: "GET" }),
      await service.ask(path, { method: "POST" }),
    ];

    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });
});

describe("MET-02: what the metadata says is what is done, and no more", () => {
  const refusalOf = async (fields: FormFields) => {
    const { body } = await post<OAuthError>(service, "/oauth/token", fields, BACKEND);
    return body.error_description?.replace("The request is not valid. ", "");
  };

  it("of grants: each wants what it is redeemed by, or gives a token", async () => {
    const wanted = METADATA.grant_types_supported.map((grant_type) => refusalOf({ grant_type }));

    expect(await Promise.all(wanted)).toEqual([
      "code is required.",
      "refresh_token is required.",
      undefined,
      "device_code is required.",
    ]);
  });

  it.each(["password", "implicit", "urn:ietf:params:oauth:grant-type:token-exchange"])(
    "of grants: there is no %s",
    async (grant_type) => {
      expect(METADATA.grant_types_supported).not.toContain(grant_type);
      expect(await refusalOf({ grant_type })).toBe("There is no such grant here.");
    },
  );

  const promptsThatAsk = METADATA.prompt_values_supported.filter((prompt) => prompt !== "none");

  it.each<[string, readonly string[], readonly string[]]>([
    ["code_challenge_method", METADATA.code_challenge_methods_supported, ["plain", "S512"]],
    ["response_type", METADATA.response_types_supported, ["token", "id_token", "code token"]],
    ["response_mode", METADATA.response_modes_supported, ["fragment", "form_post"]],
    ["prompt", promptsThatAsk, ["create", "select_account"]],
  ])("of requests for a code, by %s", async (parameter, supported, others) => {
    const leadsTo = async (value: string) => {
      const { location } = await authorize(new Browser(service), { [parameter]: value });
      return location?.split("?")[0];
    };

    expect(await Promise.all(supported.map(leadsTo))).toEqual(supported.map(() => "/signin"));
    expect(await Promise.all(others.map(leadsTo))).toEqual(others.map(() => SPA_CALLBACK));
  });
});

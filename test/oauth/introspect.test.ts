import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { createdKey } from "../support/api-keys.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import {
  API_SERVER,
  askToken,
  BACKEND,
  backendTokens,
  introspected,
  oauthRefusal,
  post,
  refreshed,
  revoked,
  spaTokens,
  tokensIn,
} from "../support/oauth.ts";
import { API, OTHER_API, registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();
const { publicUrl } = service.settings;
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const UNPROVED = oauthRefusal(
  401,
  "invalid_client",
  "The client is unknown or did not prove who it is.",
  { "www-authenticate": 'Basic realm="Latchkey"' },
);
const INACTIVE = {
  status: 200,
  headers: { "cache-control": "no-store", "content-type": "application/json" },
  body: { active: false },
};

beforeAll(registerOAuthClients);

describe("who may ask what a token stands for", () => {
  it.each([
    ["nobody", {}],
    ["a public client", { client_id: "test-spa" }],
    ["a client without its secret", { client_id: "test-api" }],
    ["a client with a wrong one", { client_id: "test-api", client_secret: "wrong" }],
    ["a public client with a secret", { client_id: "test-spa", client_secret: TEST_SECRET }],
    ["a client that nobody knows", { client_id: "nobody", client_secret: TEST_SECRET }],
  ])("INT-01: not %s", async (_, fields) => {
    const { access_token } = await spaTokens(service);

    const answer = await post(service, "/oauth/introspect", { token: access_token, ...fields });

    expect(seen(answer)).toEqual(UNPROVED);
  });

  it("INT-01: not a public client by Basic, where it has no secret to show", async () => {
    const { access_token } = await spaTokens(service);

    expect(seen(await introspected(service, access_token, { basic: ["test-spa", ""] }))).toEqual(
      UNPROVED,
    );
  });

  it("INT-01: not who shows the token itself", async () => {
    const { access_token } = await spaTokens(service);
    const headers = { authorization: `Bearer ${access_token}` };

    expect(seen(await introspected(service, access_token, { headers }))).toEqual(UNPROVED);
  });

  it("a client with its secret, in the header or in the body", async () => {
    const { access_token } = await spaTokens(service);
    const inBody = { client_id: "test-api", client_secret: TEST_SECRET };

    const answers = [
      await introspected(service, access_token),
      await post(service, "/oauth/introspect", { token: access_token, ...inBody }),
    ];

    expect(answers.map(({ body }) => body)).toEqual([answers[0]?.body, answers[0]?.body]);
    expect(answers[0]?.body).toMatchObject({ active: true });
  });

  it("and has to say which token", async () => {
    expect(seen(await introspected(service, ""))).toEqual(
      oauthRefusal(400, "invalid_request", "The request is not valid. token is required."),
    );
  });
});

describe("an active token", () => {
  it("INT-03: of a client is told with all that resource servers decide by", async () => {
    stopClock();
    const now = Math.floor(Date.now() / 1000);
    const { access_token, userId } = await spaTokens(service);

    const { body } = await introspected(service, access_token);

    expect(body).toEqual({
      active: true,
      scope: "openid profile profile:read",
      client_id: "test-spa",
      token_type: "Bearer",
      iat: now,
      exp: now + 900,
      sub: UUID,
      aud: publicUrl,
      iss: publicUrl,
      jti: UUID,
      sid: UUID,
      tenant: DEFAULT_TENANT_ID,
      roles: ["user"],
    });
    expect(String(body["sub"]).replaceAll("-", "")).toBe(userId.replace("usr_", ""));
  });

  it("INT-03: of a client that acts for itself has no session and no role", async () => {
    const asked = await askToken(service, { grant_type: "client_credentials" }, BACKEND);

    expect((await introspected(service, asked.body.access_token)).body).toEqual({
      active: true,
      scope: "profile:read reports:read",
      client_id: "test-backend",
      token_type: "Bearer",
      iat: expect.any(Number),
      exp: expect.any(Number),
      sub: "client:test-backend",
      aud: publicUrl,
      iss: publicUrl,
      jti: UUID,
      tenant: DEFAULT_TENANT_ID,
    });
  });

  it("INT-02: that is a refresh token is told to its own client, by another type than Bearer", async () => {
    const { refresh_token } = await backendTokens(service);

    expect((await introspected(service, refresh_token, BACKEND)).body).toMatchObject({
      active: true,
      client_id: "test-backend",
      token_type: "refresh_token",
      aud: publicUrl,
    });
    expect(seen(await introspected(service, refresh_token))).toEqual(INACTIVE);
  });

  it("of a person's own sign-in has no scope, and is held to none", async () => {
    const { accessToken } = await signedIn(service);
    const { body } = await introspected(service, accessToken);

    expect(body).toMatchObject({ active: true, client_id: "planasonix", token_type: "Bearer" });
    expect(body).not.toHaveProperty("scope");
  });

  it("that is an API key is told with its scopes, by another type than Bearer", async () => {
    const { accessToken } = await signedIn(service);
    const { key } = await createdKey(service, accessToken);

    expect((await introspected(service, key)).body).toEqual({
      active: true,
      scope: "profile:read",
      token_type: "api_key",
      iat: expect.any(Number),
      sub: UUID,
      aud: publicUrl,
      iss: publicUrl,
      tenant: DEFAULT_TENANT_ID,
      roles: ["user"],
    });
  });
});

describe("INT-02: nothing is said of a token", () => {
  it.each([
    ["that is none", "x"],
    ["of three parts", "a.b.c"],
    ["with the prefix of a refresh token", "lk_rt_AAAA"],
    ["that is a number and a secret", "1|secret"],
    ["that is long", "x".repeat(60_000)],
    ["that looks like an escape", "%00"],
  ])("%s", async (_, token) => {
    expect(seen(await introspected(service, token))).toEqual(INACTIVE);
  });

  it("that has expired", async () => {
    stopClock();
    const { access_token } = await spaTokens(service);
    passSeconds(900);

    expect(seen(await introspected(service, access_token))).toEqual(INACTIVE);
  });

  it("whose account was disabled", async () => {
    const { accessToken, person } = await signedIn(service);
    await disableAccount(person.email);

    expect(seen(await introspected(service, accessToken))).toEqual(INACTIVE);
  });

  it("that was revoked", async () => {
    const { access_token, refresh_token } = await backendTokens(service);
    await revoked(service, { token: refresh_token }, BACKEND);

    for (const token of [access_token, refresh_token]) {
      expect(seen(await introspected(service, token, BACKEND))).toEqual(INACTIVE);
    }
  });

  it("that was rotated", async () => {
    const { refresh_token } = await backendTokens(service);
    tokensIn(await refreshed(service, refresh_token, { client_id: null }, BACKEND));

    expect(seen(await introspected(service, refresh_token, BACKEND))).toEqual(INACTIVE);
  });

  it("that is for other resources than the one that asks", async () => {
    const { access_token } = await backendTokens(service, { resources: [OTHER_API] });

    expect(seen(await introspected(service, access_token, API_SERVER))).toEqual(INACTIVE);
    expect((await introspected(service, access_token, BACKEND)).body.active).toBe(true);
  });

  it("except to each of the resources that it is for", async () => {
    const { access_token } = await backendTokens(service, { resources: [API, OTHER_API] });

    expect((await introspected(service, access_token, API_SERVER)).body).toMatchObject({
      active: true,
      aud: [API, OTHER_API],
    });
  });

  it("that is an ID token", async () => {
    const { id_token } = await backendTokens(service);

    expect(seen(await introspected(service, id_token, BACKEND))).toEqual(INACTIVE);
  });
});

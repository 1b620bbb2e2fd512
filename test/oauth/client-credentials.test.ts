import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { oneClient } from "../support/authorization.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import {
  askToken,
  BACKEND,
  type FormFields,
  introspected,
  oauthRefusal,
  revoked,
  spaTokens,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients, sha256Hex, TEST_SECRET } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();
const { publicUrl } = service.settings;

beforeAll(registerOAuthClients);

const ask = (fields: FormFields = {}) =>
  askToken(service, { grant_type: "client_credentials", ...fields }, BACKEND);
const INVALID_SCOPE = oauthRefusal(
  400,
  "invalid_scope",
  "A scope is unknown or may not be asked for.",
);

describe("a client that acts for itself", () => {
  it("gets an access token alone, for its scopes that say nothing of a person", async () => {
    expect(seen(await ask())).toEqual({
      status: 200,
      headers: { "cache-control": "no-store", "content-type": "application/json" },
      body: {
        access_token: "<access token>",
        token_type: "Bearer",
        expires_in: 900,
        scope: "profile:read reports:read",
      },
    });
  });

  it("TOK-17: is the subject itself, by a name that no account can have", async () => {
    const { access_token } = tokensIn(await ask({ scope: "reports:read" }));

    expect(decodeJwt(access_token)).toEqual({
      iss: publicUrl,
      aud: publicUrl,
      sub: "client:test-backend",
      client_id: "test-backend",
      tenant: DEFAULT_TENANT_ID,
      scope: "reports:read",
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.any(String),
    });
    const { results } = await env.DB.prepare("SELECT id FROM accounts").all<{ id: string }>();
    expect(results.filter(({ id }) => id.startsWith("client:"))).toEqual([]);
  });

  it("TOK-17: is nobody else, even where its id is an account's", async () => {
    const { access_token: persons } = await spaTokens(service);
    const { sub: id = "" } = decodeJwt(persons);
    const secretHash = await sha256Hex(TEST_SECRET);
    await oneClient({ id, grants: ["client_credentials"], scopes: ["profile:read"], secretHash });
    const asked = { grant_type: "client_credentials" };

    const { body } = await askToken(service, asked, { basic: [id, TEST_SECRET] });

    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(decodeJwt(body.access_token)).toMatchObject({ sub: `client:${id}`, client_id: id });
    const { body: said } = await introspected(service, body.access_token);
    expect(said).toMatchObject({ active: true, sub: `client:${id}` });
    expect(said).not.toHaveProperty("roles");
    const profile = { method: "GET", bearer: body.access_token };
    expect((await service.ask("/api/user/profile", profile)).status).toBe(401);
  });

  it("is not one without a secret, whatever it is registered for: anybody could say its id", async () => {
    const client_id = await oneClient({ grants: ["client_credentials"], scopes: ["profile:read"] });

    expect(await askToken(service, { grant_type: "client_credentials", client_id })).toMatchObject({
      status: 400,
      body: { error: "unauthorized_client" },
    });
  });

  it.each(["openid", "profile", "email", "offline_access", "reports:read openid", "everything"])(
    "may not ask for %s",
    async (scope) => {
      expect(seen(await ask({ scope }))).toEqual(INVALID_SCOPE);
    },
  );

  it("is nobody whose profile could be read", async () => {
    const { access_token } = tokensIn(await ask());

    expect((await userInfo(service, access_token)).status).toBe(401);
    expect(
      (await service.ask("/api/user/profile", { method: "GET", bearer: access_token })).status,
    ).toBe(401);
  });

  it("REV-02: may revoke its token, which is refused at once", async () => {
    const { access_token } = tokensIn(await ask());
    expect((await introspected(service, access_token, BACKEND)).body.active).toBe(true);

    expect((await revoked(service, { token: access_token }, BACKEND)).status).toBe(200);

    expect((await introspected(service, access_token, BACKEND)).body).toEqual({ active: false });
  });

  it("is another one when it is made again: its id does not bring older tokens back", async () => {
    stopClock();
    const like = {
      grants: ["client_credentials"],
      scopes: ["reports:read"],
      secretHash: await sha256Hex(TEST_SECRET),
    };
    const id = await oneClient(like);
    const asked = { grant_type: "client_credentials" };
    const tokenOf = async () =>
      tokensIn(await askToken(service, asked, { basic: [id, TEST_SECRET] })).access_token;
    const isActive = async (token: string) => (await introspected(service, token)).body.active;
    const old = await tokenOf();
    expect(await isActive(old)).toBe(true);
    passSeconds(61);

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(id).run();
    expect(await isActive(old)).toBe(false);
    await oneClient({ ...like, id, createdAt: new Date() });

    expect((await introspected(service, old)).body).toEqual({ active: false });
    expect(await isActive(await tokenOf())).toBe(true);
  });
});

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";
import { createdKey } from "../support/api-keys.ts";
import { countCalls } from "../support/count-calls.ts";
import {
  BACKEND,
  backendTokens,
  deviceTokens,
  type FormFields,
  introspected,
  oauthRefusal,
  refreshed,
  revoked,
  spaTokens,
  type TokenBody,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { seen } from "../support/seen.ts";
import { randomAddress, startService } from "../support/service.ts";

const service = startPostOffice();
const REVOKED = { status: 200, headers: { "cache-control": "no-store" }, body: "" };
const ANOTHERS = oauthRefusal(400, "invalid_grant", "The token was issued to another client.");

beforeAll(registerOAuthClients);

const revoke = (fields: FormFields) => revoked(service, { client_id: "test-spa", ...fields });

/** Whether anything that a session gave still works. */
async function works({ access_token, refresh_token }: TokenBody) {
  return {
    access: (await userInfo(service, access_token)).status === 200,
    introspection: (await introspected(service, access_token)).body.active,
    refresh: (await refreshed(service, refresh_token)).status === 200,
  };
}
const ALL = { access: true, introspection: true, refresh: true };
const NOTHING = { access: false, introspection: false, refresh: false };

describe("revoking a token", () => {
  it.each(["access_token", "refresh_token"] as const)(
    "REV-02: ends its session at once, whichever it is: %s",
    async (kind) => {
      const tokens = await spaTokens(service);

      expect(seen(await revoke({ token: tokens[kind] }))).toEqual(REVOKED);

      expect(await works(tokens)).toEqual(NOTHING);
      // The person's own sign-in is another session.
      expect((await userInfo(service, tokens.bearer)).status).toBe(200);
    },
  );

  it("ends the session by a refresh token that was rotated, too", async () => {
    const { refresh_token: old } = await spaTokens(service);
    const second = tokensIn(await refreshed(service, old));

    expect(seen(await revoke({ token: old }))).toEqual(REVOKED);

    expect(await works(second)).toEqual(NOTHING);
  });

  it("REV-01: that was revoked, or never was a token, is as it should be", async () => {
    const { access_token } = await spaTokens(service);
    await revoke({ token: access_token });

    for (const token of [access_token, "x", "lk_rt_x", "a.b.c", "x".repeat(60_000), "%"]) {
      expect(seen(await revoke({ token }))).toEqual(REVOKED);
    }
  });

  it.each([["access_token"], ["refresh_token"]] as const)(
    "REV-01: of another client leaves it as it was: %s",
    async (kind) => {
      const tokens = await spaTokens(service);

      for (const client_id of ["test-first-party", "test-oauth-tv"]) {
        expect(seen(await revoke({ client_id, token: tokens[kind] }))).toEqual(ANOTHERS);
      }
      expect(seen(await revoked(service, { token: tokens[kind] }, BACKEND))).toEqual(ANOTHERS);

      expect(await works(tokens)).toEqual(ALL);
    },
  );

  it("leaves a person's own sign-in alone", async () => {
    const { accessToken } = await signedIn(service);

    expect(seen(await revoke({ token: accessToken }))).toEqual(ANOTHERS);

    expect((await introspected(service, accessToken)).body.active).toBe(true);
  });

  it("takes a key for no token, by its form alone: it is not looked up, and stays good", async () => {
    const { accessToken } = await signedIn(service);
    const { key } = await createdKey(service, accessToken);
    await revoke({ token: "x" });

    const calls = await countCalls(async () => {
      expect(seen(await revoke({ token: key }))).toEqual(REVOKED);
    });

    expect(calls).toMatchObject({ d1: 0, kv: 0, durableObjects: 0 });
    expect((await introspected(service, key)).body.active).toBe(true);
  });

  it("leaves a person's own sign-in alone also to a client that is called like its contract", async () => {
    await openDatabase(env.DB)
      .insert(clients)
      .values({
        tenantId: DEFAULT_TENANT_ID,
        id: "planasonix",
        name: "No contract",
        secretHash: null,
        grants: ["refresh_token"],
        scopes: [],
        redirectUris: [],
        resources: [],
        firstParty: false,
        createdAt: new Date(0),
      });
    const { accessToken } = await signedIn(service);

    expect(seen(await revoke({ client_id: "planasonix", token: accessToken }))).toEqual(ANOTHERS);
    expect((await introspected(service, accessToken)).body.active).toBe(true);
  });

  it.each(["access_token", "refresh_token", "none_such", ""])(
    "REV-03: takes a hint for no more than that: %s",
    async (token_type_hint) => {
      for (const kind of ["access_token", "refresh_token"] as const) {
        const tokens = await spaTokens(service);
        await revoke({ token: tokens[kind], token_type_hint });
        expect(await works(tokens)).toEqual(NOTHING);
      }
    },
  );

  it("ends what a device was given", async () => {
    const tokens = await deviceTokens(service);

    await revoke({ client_id: "test-oauth-tv", token: tokens.refresh_token });

    expect((await userInfo(service, tokens.access_token)).status).toBe(401);
  });

  it("asks a client with a secret for it", async () => {
    const { refresh_token } = await backendTokens(service);
    const unproved = await revoke({ client_id: "test-backend", token: refresh_token });
    expect(unproved).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect((await refreshed(service, refresh_token, { client_id: null }, BACKEND)).status).toBe(
      200,
    );

    const proved = { client_id: "test-backend", client_secret: TEST_SECRET };
    expect(seen(await revoke({ ...proved, token: refresh_token }))).toEqual(REVOKED);
  });

  describe("in a flood from one address", () => {
    const address = randomAddress();
    const fenced = startService({
      REQUEST_FENCE: {
        limit: async ({ key }: { key: string }) => ({ success: key !== `revocation ${address}` }),
      },
    });

    it("is put off where the client is public, and ends nothing", async () => {
      const tokens = await spaTokens(fenced);
      const sent = { client_id: "test-spa", token: tokens.access_token };

      expect(seen(await revoked(fenced, sent, { address }))).toEqual(
        oauthRefusal(429, "temporarily_unavailable", "Too many requests. Try again later.", {
          "retry-after": "60",
        }),
      );

      expect(await works(tokens)).toEqual(ALL);
      expect(seen(await revoked(fenced, sent, { address: randomAddress() }))).toEqual(REVOKED);
    });

    it("is done for a client with a secret, which acts for many people", async () => {
      const { access_token } = await backendTokens(fenced);

      expect(seen(await revoked(fenced, { token: access_token }, { ...BACKEND, address }))).toEqual(
        REVOKED,
      );

      expect((await introspected(fenced, access_token)).body.active).toBe(false);
    });
  });

  it("says that a token is missing", async () => {
    expect(seen(await revoke({}))).toEqual(
      oauthRefusal(400, "invalid_request", "The request is not valid. token is required."),
    );
  });

  it("takes a form alone", async () => {
    const body = { client_id: "test-spa", token: "x" };

    expect(seen(await service.ask("/oauth/revoke", { body }))).toEqual(
      oauthRefusal(
        400,
        "invalid_request",
        "The request is not valid. Content-Type must be application/x-www-form-urlencoded.",
      ),
    );
  });
});

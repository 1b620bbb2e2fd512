import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { oneClient, SPA_CALLBACK, VERIFIER } from "../support/authorization.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import {
  askToken,
  BACKEND,
  BACKEND_CALLBACK,
  codeFor,
  type FormFields,
  introspected,
  oauthRefusal,
  redemption,
  refreshed,
  userInfo,
} from "../support/oauth.ts";
import { PERSON_SCOPES, registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { countRows } from "../support/rows.ts";
import { seen } from "../support/seen.ts";
import { randomAddress, startService } from "../support/service.ts";

const service = startService();
const INVALID_GRANT = oauthRefusal(400, "invalid_grant", "The code is not valid. Start again.");
const WRONG_VERIFIER = oauthRefusal(
  400,
  "invalid_grant",
  "The code is not valid. Start again. code_verifier must be the one whose challenge began this.",
);
const WRONG_REDIRECT = oauthRefusal(
  400,
  "invalid_grant",
  "The code is not valid. Start again. redirect_uri must be that of the authorization request.",
);

beforeAll(registerOAuthClients);

/** A code that somebody new gave `test-spa`. */
async function newCode() {
  const { accessToken, user, person } = await signedIn(service);
  return { code: await codeFor(service, accessToken), user, person };
}

const redeem = (code: string, replaced?: FormFields) =>
  askToken(service, redemption(code, replaced));

describe("an authorization code", () => {
  it("opens nothing for a client that is registered for none of it by now, and stays good", async () => {
    const { accessToken } = await signedIn(service);
    const clientId = await oneClient({ scopes: ["profile:read"] });
    const scopes = ["profile:read"];
    const code = await codeFor(service, accessToken, { clientId, scopes });
    const redeemed = async (registered: string) => {
      const sql = "UPDATE clients SET scopes = ? WHERE id = ?";
      await env.DB.prepare(sql)
        .bind(JSON.stringify([registered]), clientId)
        .run();
      // Each remembers no client yet.
      const { status, body } = await askToken(
        startService(),
        redemption(code, { client_id: clientId }),
      );
      return [status, body.error, await countRows("sessions", "client_id = ?", clientId)];
    };

    expect(await redeemed("openid")).toEqual([400, "invalid_scope", 0]);
    expect(await redeemed("profile:read")).toEqual([200, undefined, 1]);
  });

  it("gives an access token, a refresh token and an ID token, with the scope that was granted", async () => {
    const { code } = await newCode();

    expect(seen(await redeem(code))).toEqual({
      status: 200,
      headers: { "cache-control": "no-store", "content-type": "application/json" },
      body: {
        access_token: "<access token>",
        token_type: "Bearer",
        expires_in: 900,
        scope: "openid profile profile:read",
        refresh_token: expect.stringMatching(/^lk_rt_[\w-]{70}$/),
        id_token: "<access token>",
      },
    });
  });

  it("is taken in JSON like in a form", async () => {
    const { code } = await newCode();

    const { status } = await service.ask("/oauth/token", { body: redemption(code) });

    expect(status).toBe(200);
  });

  it("gives no ID token where openid was not granted", async () => {
    const { accessToken } = await signedIn(service);
    const code = await codeFor(service, accessToken, { scopes: ["profile:read"] });

    const { body } = await redeem(code);

    expect(Object.keys(body).sort()).toEqual(
      ["access_token", "expires_in", "refresh_token", "scope", "token_type"].sort(),
    );
  });

  it("says in the ID token for whom it is, when the person signed in, and the client's nonce", async () => {
    stopClock();
    const { accessToken, user } = await signedIn(service);
    const signedInAt = Math.floor(Date.now() / 1000);
    passSeconds(30);
    const code = await codeFor(service, accessToken, { nonce: "a-nonce" });

    const { body } = await redeem(code);

    const { sid, sub } = decodeJwt(body.access_token);
    expect(sub?.replaceAll("-", "")).toBe(user.id.replace("usr_", ""));
    expect(decodeJwt(body.id_token)).toEqual({
      iss: service.settings.publicUrl,
      aud: "test-spa",
      sub,
      sid,
      auth_time: signedInAt,
      nonce: "a-nonce",
      iat: signedInAt + 30,
      exp: signedInAt + 930,
    });
  });

  it.each<[string, FormFields]>([
    ["without a verifier", { code_verifier: null }],
    ["with an empty verifier", { code_verifier: "" }],
    ["with another verifier", { code_verifier: VERIFIER.replace("d", "e") }],
    [
      "with the challenge for a verifier",
      { code_verifier: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" },
    ],
    ["with a verifier that is too short", { code_verifier: "short" }],
  ])("TOK-08: is not redeemed %s, and stays good", async (_, replaced) => {
    const { code } = await newCode();

    expect(seen(await redeem(code, replaced))).toEqual(WRONG_VERIFIER);
    expect((await redeem(code)).status).toBe(200);
  });

  it("TOK-08: asks a client with a secret for the verifier too", async () => {
    const { accessToken } = await signedIn(service);
    const redirectUri = "https://backend.example.test/callback";
    const code = await codeFor(service, accessToken, { clientId: "test-backend", redirectUri });
    const usual = { client_id: null, redirect_uri: redirectUri };
    const withoutProof = redemption(code, { ...usual, code_verifier: null });

    expect(seen(await askToken(service, withoutProof, BACKEND))).toEqual(WRONG_VERIFIER);
    expect((await askToken(service, redemption(code, usual), BACKEND)).status).toBe(200);
  });

  it("TOK-09: without a challenge, which is never made here, takes no verifier", async () => {
    const { accessToken } = await signedIn(service);
    const code = await codeFor(service, accessToken, { challenge: "" });

    expect(seen(await redeem(code))).toEqual(WRONG_VERIFIER);
  });

  it.each<[string, FormFields, object]>([
    ["another client", { client_id: "test-first-party" }, INVALID_GRANT],
    [
      "another redirect URI of the client",
      { redirect_uri: "http://127.0.0.1/callback" },
      WRONG_REDIRECT,
    ],
    [
      "a redirect URI with something behind it",
      { redirect_uri: `${SPA_CALLBACK}/` },
      WRONG_REDIRECT,
    ],
    ["no redirect URI", { redirect_uri: null }, WRONG_REDIRECT],
    ["the verifier of another challenge", { code_verifier: "v".repeat(43) }, WRONG_VERIFIER],
  ])("TOK-12: is bound: not redeemed with %s, and stays good", async (_, replaced, refusal) => {
    const { code } = await newCode();

    expect(seen(await redeem(code, replaced))).toEqual(refusal);
    expect((await redeem(code)).status).toBe(200);
  });

  it("TOK-12: is redeemed in its own tenant alone, though another has a client of that id", async () => {
    const { accessToken } = await signedIn(service);
    const tenantId = crypto.randomUUID();
    await oneClient({ id: "test-spa", tenantId });

    const code = await codeFor(service, accessToken, { tenantId });

    expect(seen(await redeem(code))).toEqual(INVALID_GRANT);
  });

  it("TOK-12: is good for a minute, to the second", async () => {
    stopClock();
    const [early, late] = [await newCode(), await newCode()];

    passSeconds(59);
    expect((await redeem(early.code)).status).toBe(200);
    passSeconds(1);
    expect(seen(await redeem(late.code))).toEqual(INVALID_GRANT);
  });

  it("TOK-11: is redeemed once; brought again, it ends all that it gave at once", async () => {
    const { code } = await newCode();
    const { body: first } = await redeem(code);
    expect((await userInfo(service, first.access_token)).status).toBe(200);

    expect(seen(await redeem(code))).toEqual(INVALID_GRANT);

    expect((await userInfo(service, first.access_token)).status).toBe(401);
    expect((await introspected(service, first.access_token)).body).toEqual({ active: false });
    expect((await refreshed(service, first.refresh_token)).body.error).toBe("invalid_grant");
  });

  it("TOK-11: ends it after its minute too", async () => {
    stopClock();
    const { code } = await newCode();
    const { body: first } = await redeem(code);

    passSeconds(61);
    expect(seen(await redeem(code))).toEqual(INVALID_GRANT);

    expect((await userInfo(service, first.access_token)).status).toBe(401);
  });

  it("TOK-11: brought again by another client, or without its proof, ends nothing", async () => {
    const { code } = await newCode();
    const { body: first } = await redeem(code);

    await redeem(code, { client_id: "test-first-party" });
    await redeem(code, { code_verifier: "x".repeat(43) });

    expect((await userInfo(service, first.access_token)).status).toBe(200);
  });

  it("is worth nothing once its client is removed, also where that is still remembered", async () => {
    stopClock();
    const removed = await oneClient({ scopes: PERSON_SCOPES });
    const { accessToken } = await signedIn(service);
    const codes = [
      await codeFor(service, accessToken, { clientId: removed }),
      await codeFor(service, accessToken, { clientId: removed }),
    ];
    const [first = "", second = ""] = codes;
    expect((await redeem(first, { client_id: removed })).status).toBe(200);

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(removed).run();

    expect(service.ports.clients.remembers(DEFAULT_TENANT_ID, removed)).toBe(true);
    expect(seen(await redeem(second, { client_id: removed }))).toEqual(INVALID_GRANT);
  });

  it("is worth nothing once its account is disabled", async () => {
    const { code, person } = await newCode();
    await disableAccount(person.email);

    expect(seen(await redeem(code))).toEqual(INVALID_GRANT);
  });

  it.each([
    ["nothing", "x"],
    ["with a character changed", null],
    ["long", "x".repeat(9000)],
  ])("that is no code is refused alike: %s", async (_, forged) => {
    const { code } = await newCode();
    const changed = (code.startsWith("A") ? "B" : "A") + code.slice(1);

    expect(seen(await redeem(forged ?? changed))).toEqual(INVALID_GRANT);
  });

  it("that is missing is said to be missing", async () => {
    expect(seen(await redeem("", { code: null }))).toEqual(
      oauthRefusal(400, "invalid_request", "The request is not valid. code is required."),
    );
  });
});

describe("codes in a flood from one address", () => {
  const address = randomAddress();
  const fenced = startService({
    REQUEST_FENCE: {
      limit: async ({ key }: { key: string }) => ({
        success: key !== `authorization code ${address}`,
      }),
    },
  });

  it("are put off where the client is public, and stay good", async () => {
    const { accessToken } = await signedIn(fenced);
    const sent = redemption(await codeFor(fenced, accessToken));

    expect(seen(await askToken(fenced, sent, { address }))).toEqual(
      oauthRefusal(429, "temporarily_unavailable", "Too many requests. Try again later.", {
        "retry-after": "60",
      }),
    );

    expect((await askToken(fenced, sent, { address: randomAddress() })).status).toBe(200);
  });

  it("are redeemed by a client with a secret, which acts for many people", async () => {
    const { accessToken } = await signedIn(fenced);
    const own = { clientId: "test-backend", redirectUri: BACKEND_CALLBACK };
    const code = await codeFor(fenced, accessToken, own);
    const sent = redemption(code, { client_id: null, redirect_uri: BACKEND_CALLBACK });

    expect((await askToken(fenced, sent, { ...BACKEND, address })).status).toBe(200);
  });
});

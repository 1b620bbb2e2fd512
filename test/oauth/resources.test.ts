import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { oneClient } from "../support/authorization.ts";
import { decide } from "../support/devices.ts";
import {
  askToken,
  BACKEND,
  BACKEND_CALLBACK,
  backendTokens,
  codeFor,
  DEVICE_CODE_GRANT,
  type FormFields,
  introspected,
  oauthRefusal,
  redemption,
  refreshed,
  startedGrant,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import {
  API,
  OTHER_API,
  registerOAuthClients,
  sha256Hex,
  TEST_SECRET,
} from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();
const { publicUrl } = service.settings;
const INVALID_TARGET = oauthRefusal(
  400,
  "invalid_target",
  "A resource is unknown or may not be asked for.",
);
const own = { client_id: null, redirect_uri: BACKEND_CALLBACK };

beforeAll(registerOAuthClients);

const ask = (fields: FormFields) => askToken(service, fields, BACKEND);
const audience = (token: string) => decodeJwt(token).aud;

async function codeForBoth(): Promise<string> {
  const { accessToken } = await signedIn(service);
  return codeFor(service, accessToken, {
    clientId: "test-backend",
    redirectUri: BACKEND_CALLBACK,
    resources: [API, OTHER_API],
  });
}

describe("RFC 8707: a token is for the resources that were asked for", () => {
  it.each<[string, FormFields, unknown]>([
    ["this service without one", {}, publicUrl],
    ["this service for an empty one", { resource: "" }, publicUrl],
    ["one", { resource: API }, API],
    ["several, each once", { resource: [API, OTHER_API, API] }, [API, OTHER_API]],
  ])("by client credentials: %s", async (_, fields, aud) => {
    const { access_token } = tokensIn(await ask({ grant_type: "client_credentials", ...fields }));

    expect(audience(access_token)).toEqual(aud);
  });

  it("in JSON, as a text or a list", async () => {
    const { authorization } = { authorization: `Basic ${btoa(BACKEND.basic.join(":"))}` };
    for (const [resource, aud] of [
      [API, API],
      [
        [API, OTHER_API],
        [API, OTHER_API],
      ],
    ]) {
      const { body } = await service.ask<{ access_token: string }>("/oauth/token", {
        headers: { authorization },
        body: { grant_type: "client_credentials", resource },
      });
      expect(audience(body.access_token)).toEqual(aud);
    }
  });

  it.each([
    ["another's", "https://elsewhere.example.test"],
    ["one with something behind it", `${API}/`],
    ["one with a fragment", `${API}#x`],
    ["no URI", "api"],
    ["one beside another's", [API, "https://elsewhere.example.test"]],
  ])("and for nothing else: %s", async (_, resource) => {
    expect(seen(await ask({ grant_type: "client_credentials", resource }))).toEqual(INVALID_TARGET);
  });

  it("by a code: all that were approved, or a part of them", async () => {
    const whole = tokensIn(await ask(redemption(await codeForBoth(), own)));
    const part = tokensIn(await ask(redemption(await codeForBoth(), { ...own, resource: API })));

    expect(audience(whole.access_token)).toEqual([API, OTHER_API]);
    expect(audience(part.access_token)).toBe(API);
  });

  it("by a code: nothing beyond, and the code stays good", async () => {
    const code = await codeForBoth();
    const beyond = redemption(code, { ...own, resource: publicUrl });

    expect(seen(await ask(beyond))).toEqual(INVALID_TARGET);
    expect((await ask(redemption(code, own))).status).toBe(200);
  });

  it("by a refresh: a part of them for one access token, all again at the next", async () => {
    const first = await backendTokens(service, { resources: [API, OTHER_API] });
    const again = (token: string, fields: FormFields) =>
      refreshed(service, token, { client_id: null, ...fields }, BACKEND);

    const narrowed = tokensIn(await again(first.refresh_token, { resource: OTHER_API }));
    const whole = tokensIn(await again(narrowed.refresh_token, {}));

    expect(audience(narrowed.access_token)).toBe(OTHER_API);
    expect(audience(whole.access_token)).toEqual([API, OTHER_API]);
    expect(seen(await again(whole.refresh_token, { resource: publicUrl }))).toEqual(INVALID_TARGET);
    expect((await again(whole.refresh_token, {})).status).toBe(200);
  });

  it("by a device: those that it started with", async () => {
    const { accessToken } = await signedIn(service);
    const started = { client_id: null, resource: API };
    const { device_code, user_code } = await startedGrant(service, started, BACKEND);
    await decide(service, accessToken, { userCode: user_code });

    const answer = await ask({ grant_type: DEVICE_CODE_GRANT, device_code });

    expect(audience(tokensIn(answer).access_token)).toBe(API);
  });

  it("by a device: those of them that its poll names, and a wish for others costs no code", async () => {
    const { accessToken } = await signedIn(service);
    const started = { client_id: null, resource: [API, OTHER_API] };
    const { device_code, user_code } = await startedGrant(service, started, BACKEND);
    await decide(service, accessToken, { userCode: user_code });
    const poll = { grant_type: DEVICE_CODE_GRANT, device_code };

    expect(seen(await ask({ ...poll, resource: publicUrl }))).toEqual(INVALID_TARGET);
    const { access_token, refresh_token } = tokensIn(await ask({ ...poll, resource: OTHER_API }));

    expect(audience(access_token)).toBe(OTHER_API);
    // The refresh token keeps all that was granted.
    const next = tokensIn(await ask({ grant_type: "refresh_token", refresh_token }));
    expect(audience(next.access_token)).toEqual([API, OTHER_API]);
  });

  it("JWT-04: opens nothing here", async () => {
    const { access_token } = await backendTokens(service, { resources: [API] });

    expect((await userInfo(service, access_token)).status).toBe(401);
    expect(
      (await service.ask("/api/user/profile", { method: "GET", bearer: access_token })).status,
    ).toBe(401);
    expect((await introspected(service, access_token)).body["aud"]).toBe(API);
  });

  it("JWT-04: opens nothing here either where this service is one of several", async () => {
    const resources = [publicUrl, API];
    const [clientId, nobody] = await Promise.all([
      oneClient({ grants: ["authorization_code"], scopes: ["openid", "profile:read"], resources }),
      oneClient({ secretHash: await sha256Hex(TEST_SECRET) }),
    ]);
    const { accessToken } = await signedIn(service);
    const grant = { clientId, scopes: ["openid", "profile:read"] };
    const redeemed = async (granted: string[]) => {
      const code = await codeFor(service, accessToken, { ...grant, resources: granted });
      return tokensIn(await askToken(service, redemption(code, { client_id: clientId })));
    };
    const profile = (bearer: string) => service.ask("/api/user/profile", { method: "GET", bearer });

    const { access_token: both } = await redeemed(resources);
    const { access_token: ours } = await redeemed([publicUrl]);

    expect(audience(both)).toEqual(resources);
    expect((await userInfo(service, both)).status).toBe(401);
    expect((await profile(both)).status).toBe(401);
    expect([(await userInfo(service, ours)).status, (await profile(ours)).status]).toEqual([
      200, 200,
    ]);
    // Nor is it told to every client with a secret, as a token for this service alone would be.
    const asNobody = { basic: [nobody, TEST_SECRET] } as const;
    expect((await introspected(service, both, asNobody)).body).toEqual({ active: false });
    expect((await introspected(service, ours, asNobody)).body.active).toBe(true);
    expect((await introspected(service, both)).body.active).toBe(true);
  });

  it("the ID token is for the client whatever the resource", async () => {
    const { id_token } = await backendTokens(service, { resources: [API] });

    expect(audience(id_token)).toBe("test-backend");
  });
});

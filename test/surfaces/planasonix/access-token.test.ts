import type { JSONWebKeySet } from "jose";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../../src/core/tenant/tenant.ts";
import { registerClients, TV } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { disableAccount } from "../../support/disabled.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

const service = startService();
const { publicUrl } = service.settings;
const UUID = expect.stringMatching(
  /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
);
const UNAUTHORIZED = refusal(401, "unauthorized", "Send a valid access token as Bearer.", {
  headers: { "www-authenticate": expect.stringMatching(/^Bearer\b/) },
});

beforeAll(registerClients);

/** A guarded call whose code can be none: 404 for a caller who is known, and no guess counted. */
const present = (bearer: string) => decide(service, bearer, { userCode: "none" });

async function deviceTokens(scopes?: string[]) {
  const { accessToken, user } = await signedIn(service);
  const { userCode, deviceCode } = await startedDevice(service, scopes ? { scopes } : {});
  await decide(service, accessToken, { userCode });
  return { ...(await poll(service, deviceCode)).body, owner: user };
}

describe("the access token of a sign-in", () => {
  it("is an at+jwt for this service, signed with a published key, for an hour", async () => {
    stopClock();
    const { accessToken, user } = await signedIn(service);
    const now = Math.floor(Date.now() / 1000);

    const { kid, ...header } = decodeProtectedHeader(accessToken);

    expect(header).toEqual({ alg: "ES256", typ: "at+jwt" });
    expect(kid).toEqual(UUID);
    expect(decodeJwt(accessToken)).toEqual({
      iss: publicUrl,
      aud: publicUrl,
      iat: now,
      exp: now + 3600,
      sub: UUID,
      client_id: "planasonix",
      tenant: DEFAULT_TENANT_ID,
      roles: ["user"],
      sid: UUID,
      jti: UUID,
    });
    expect(`usr_${decodeJwt(accessToken).sub?.replaceAll("-", "")}`).toBe(user.id);
  });

  it("verifies against the published keys alone", async () => {
    const { accessToken } = await signedIn(service);
    const { body: keys } = await service.ask<JSONWebKeySet>("/.well-known/jwks.json", {
      method: "GET",
    });

    const verified = await jwtVerify(accessToken, createLocalJWKSet(keys), {
      algorithms: ["ES256"],
      typ: "at+jwt",
      issuer: publicUrl,
      audience: publicUrl,
    });

    expect(verified.payload).toEqual(decodeJwt(accessToken));
  });

  it("has an id of its own each time", async () => {
    const first = await signedIn(service);
    const second = await signedIn(service, first.person);

    expect(decodeJwt(second.accessToken).jti).not.toBe(decodeJwt(first.accessToken).jti);
  });
});

describe("the access token of a device", () => {
  it("names its client and is held to the scopes that were granted", async () => {
    const { accessToken, owner } = await deviceTokens(["profile:read", "openid"]);

    const { client_id, scope, sub } = decodeJwt(accessToken);

    expect({ client_id, scope }).toEqual({ client_id: TV, scope: "profile:read openid" });
    expect(`usr_${sub?.replaceAll("-", "")}`).toBe(owner.id);
  });

  it("may not decide about other devices, whatever its scopes", async () => {
    const { accessToken } = await deviceTokens();
    const { userCode, deviceCode } = await startedDevice(service);

    const answer = await decide(service, accessToken, { userCode });

    expect(seen(answer)).toMatchObject(
      refusal(403, "insufficient_scope", "This credential may not do that."),
    );
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });
});

describe("a guarded call", () => {
  it("refuses a caller who sends no credential", async () => {
    const path = "/api/v2/auth/device/authorize";

    expect(seen(await service.ask(path, { body: { userCode: "none" } }))).toEqual(UNAUTHORIZED);
  });

  it("challenges without an error for no token, invalid_token for a bad one, insufficient_scope for a small one", async () => {
    const path = "/api/v2/auth/device/authorize";
    const small = (await deviceTokens()).accessToken;

    const answers = [
      await service.ask(path, { body: { userCode: "none" } }),
      await present("none"),
      await present(small),
    ];

    // RFC 6750 §3 and §3.1.
    expect(answers.map(({ headers }) => headers.get("www-authenticate"))).toEqual([
      "Bearer",
      'Bearer error="invalid_token"',
      'Bearer error="insufficient_scope"',
    ]);
  });

  it("takes an access token until it expires, to the second", async () => {
    stopClock();
    const { accessToken, expiresIn } = await signedIn(service);

    passSeconds(expiresIn - 1);
    expect((await present(accessToken)).status).toBe(404);
    passSeconds(1);
    expect(seen(await present(accessToken))).toEqual(UNAUTHORIZED);
  });

  it("refuses the token of a session that was ended", async () => {
    const { accessToken, refreshToken: first } = await signedIn(service);
    const refresh = (refreshToken: string) =>
      service.ask<{ refreshToken: string }>("/api/auth/refresh", { body: { refreshToken } });
    const { body: second } = await refresh(first);
    await refresh(second.refreshToken);
    expect((await present(accessToken)).status).toBe(404);

    await refresh(first);

    expect(seen(await present(accessToken))).toEqual(UNAUTHORIZED);
  });

  it("refuses the token of a disabled account", async () => {
    const { accessToken, person } = await signedIn(service);
    await disableAccount(person.email);

    expect(seen(await present(accessToken))).toEqual(UNAUTHORIZED);
  });

  it("refuses everything that is no access token", async () => {
    const { accessToken, refreshToken } = await signedIn(service);
    const [header, payload, signature = ""] = accessToken.split(".");
    const unsigned = btoa('{"alg":"none","typ":"at+jwt"}').replaceAll("=", "");
    const flipped = signature.startsWith("A") ? "B" : "A";

    for (const bearer of [
      "none",
      refreshToken,
      `${header}.${payload}.`,
      `${header}.${payload}.${flipped}${signature.slice(1)}`,
      `${unsigned}.${payload}.`,
      `${accessToken}.${signature}`,
    ]) {
      expect(seen(await present(bearer))).toEqual(UNAUTHORIZED);
    }
  });

  it("takes the token in the header only, as Bearer in any case", async () => {
    const { accessToken } = await signedIn(service);
    const path = "/api/v2/auth/device/authorize";
    const body = { userCode: "none" };
    const ask = (authorization: string) => service.ask(path, { body, headers: { authorization } });

    expect((await ask(`bearer ${accessToken}`)).status).toBe(404);
    expect((await ask(`Basic ${accessToken}`)).status).toBe(401);
    expect((await ask(accessToken)).status).toBe(401);
    const inQuery = `${path}?access_token=${accessToken}`;
    expect((await service.ask(inQuery, { body })).status).toBe(401);
    expect((await service.ask(path, { body: { ...body, accessToken } })).status).toBe(401);
  });
});

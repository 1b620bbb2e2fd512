import { beforeAll, expect, it } from "vitest";
import type { Introspection, VerifiedToken } from "../../src/rpc/auth-service.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { BACKEND, introspected } from "../support/oauth.ts";
import { API, OTHER_API, registerOAuthClients } from "../support/oauth-clients.ts";
import { randomAddress, startService, type TestService } from "../support/service.ts";
import { auth } from "./entrypoint.ts";
import { type Sample, tokenSamples } from "./token-samples.ts";

beforeAll(registerOAuthClients);

const MINUTE = 60;
const YEAR = 365 * 86_400;

it("INT-04: what `verify` and `introspect` say of a token is what HTTP introspection says, for 200 of every kind and state", async () => {
  stopClock();
  const service = startService();
  const samples = await tokenSamples();
  expect(samples.length).toBeGreaterThanOrEqual(200);

  const good = await goodOnes(service, samples);
  expect(good.length).toBeGreaterThanOrEqual(50);
  expect(good.length).toBeLessThanOrEqual(samples.length - 100);
  passSeconds(16 * MINUTE);
  expect((await goodOnes(service, good)).length).toBeLessThan(good.length);
  passSeconds(3 * YEAR);
  // Of all that was given, keys and Pionne's tokens alone have no end.
  const left = (await goodOnes(service, good)).map(({ what }) => what);
  expect(left).toEqual(
    good.map(({ what }) => what).filter((what) => /^API key|^pionne/.test(what)),
  );
});

/** The good ones, as all three say alike. */
async function goodOnes(service: TestService, samples: readonly Sample[]): Promise<Sample[]> {
  const good: Sample[] = [];
  for (const { what, token } of samples) {
    const said = await introspectedOverHttp(service, token);
    const here = await auth().introspect(token);
    // Over HTTP no client is told of another's refresh token; here the caller is trusted.
    const isOthersRefreshToken =
      here["token_type"] === "refresh_token" && here["client_id"] !== "test-backend";
    expect(isOthersRefreshToken ? { active: false } : here, what).toEqual(said);
    for (const audience of [undefined, API, OTHER_API]) {
      const verified = await auth().verify(token, audience === undefined ? {} : { audience });
      const expected = inWordsOfVerify(said, audience ?? service.settings.publicUrl);
      expect(verified, `${what} for ${audience}`).toEqual(expected);
    }
    if (said.active) {
      good.push({ what, token });
    }
  }
  return good;
}

/** As the client is told that may know of most. */
async function introspectedOverHttp(service: TestService, token: string): Promise<Introspection> {
  const more = { ...BACKEND, address: randomAddress() };
  const { status, body } = await introspected(service, token, more);
  expect(status, token.slice(0, 40)).toBe(200);
  return body;
}

function inWordsOfVerify(said: Introspection, audience: string): VerifiedToken | null {
  const { active, token_type, sub, scope, act, ...claims } = said as unknown as Said;
  const audiences = active ? [claims.aud].flat() : [];
  if (token_type !== "Bearer" || !audiences.includes(audience)) {
    return null;
  }
  return {
    subject: sub,
    accountId: sub.startsWith("client:") ? null : sub,
    clientId: claims.client_id,
    sessionId: claims.sid ?? null,
    tenantId: claims.tenant,
    scopes: scope?.split(" ") ?? null,
    roles: claims.roles ?? [],
    audience: audiences,
    actorId: act?.sub ?? null,
    issuedAt: claims.iat,
    expiresAt: claims.exp,
  };
}

interface Said {
  active: boolean;
  token_type?: string;
  sub: string;
  scope?: string;
  act?: { sub: string };
  aud: string | string[];
  client_id: string;
  sid?: string;
  tenant: string;
  roles?: string[];
  iat: number;
  exp: number;
}

import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { alterAccount } from "../support/alter-account.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { BACKEND, introspected, spaTokens } from "../support/oauth.ts";
import { API, registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { auth } from "./entrypoint.ts";

beforeAll(registerOAuthClients);

const service = startService();
const FIVE_MINUTES = 300;

const WAYS = [
  ["verify", (token: string) => auth().verify(token)],
  ["introspect", (token: string) => auth().introspect(token)],
  ["POST /oauth/introspect", (token: string) => introspected(service, token)],
] as const;

describe.each(WAYS)("whoever is let in by %s", (_, ask) => {
  it("uses their session, which is written down once in five minutes at most", async () => {
    stopClock();
    const { accessToken } = await signedIn(service);
    const begun = Date.now();

    passSeconds(FIVE_MINUTES);
    await ask(accessToken);
    expect(await lastUse(accessToken)).toBe(begun);
    passSeconds(1);
    await ask(accessToken);
    expect(await lastUse(accessToken)).toBe(Date.now());
  });

  it("uses it by a token of an app too", async () => {
    stopClock();
    const { access_token } = await spaTokens(service);
    passSeconds(FIVE_MINUTES + 1);

    await ask(access_token);

    expect(await lastUse(access_token)).toBe(Date.now());
  });

  it("uses none while they are not let in", async () => {
    stopClock();
    const { accessToken, person } = await signedIn(service);
    const begun = Date.now();
    await alterAccount(person, { mustResetPassword: true });
    passSeconds(FIVE_MINUTES + 1);

    await ask(accessToken);

    expect(await lastUse(accessToken)).toBe(begun);
  });
});

describe("whoever is told nothing of a token", () => {
  const ASKED_IN_VAIN = [
    ["verify, for another audience", (tokens) => auth().verify(tokens.access, { audience: API })],
    ["verify, of a refresh token", (tokens) => auth().verify(tokens.refresh)],
    ["verifyKey, of what is no key", (tokens) => auth().verifyKey(tokens.access)],
    [
      "POST /oauth/introspect, of another client's refresh token",
      async (tokens) => {
        const { body } = await introspected(service, tokens.refresh, BACKEND);
        return body.active || null;
      },
    ],
  ] satisfies [string, (tokens: Record<"access" | "refresh", string>) => Promise<unknown>][];

  it.each(ASKED_IN_VAIN)("uses no session by %s", async (_, ask) => {
    stopClock();
    const { access_token: access, refresh_token: refresh } = await spaTokens(service);
    const begun = Date.now();
    passSeconds(FIVE_MINUTES + 1);

    expect(await ask({ access, refresh })).toBeNull();

    expect(await lastUse(access)).toBe(begun);
  });
});

async function lastUse(accessToken: string): Promise<number | null> {
  const row = await env.DB.prepare("SELECT last_used_at AS at FROM sessions WHERE id = ?")
    .bind(decodeJwt(accessToken)["sid"])
    .first<{ at: number }>();
  return row?.at ?? null;
}

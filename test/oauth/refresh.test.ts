import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { oneClient } from "../support/authorization.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { disableAccount } from "../support/disabled.ts";
import {
  askToken,
  BACKEND,
  backendTokens,
  codeFor,
  deviceTokens,
  type FormFields,
  introspected,
  oauthRefusal,
  redemption,
  refreshed as refresh,
  spaTokens,
  type TokenBody,
  tokensIn,
  userInfo,
} from "../support/oauth.ts";
import { PERSON_SCOPES, registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();
const INVALID = oauthRefusal(
  400,
  "invalid_grant",
  "The refresh token is not valid. Sign in again.",
);

beforeAll(registerOAuthClients);

const refreshed = (token: string, fields?: FormFields) => refresh(service, token, fields);
const next = async (token: string, fields?: FormFields) => tokensIn(await refreshed(token, fields));

describe("a refresh token", () => {
  it("REF-01: rotates, and gives an access token of the same session", async () => {
    const first = await spaTokens(service);

    const answer = await refreshed(first.refresh_token);

    expect(seen(answer)).toEqual({
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
    expect(answer.body.refresh_token).not.toBe(first.refresh_token);
    expect(decodeJwt(answer.body.access_token)["sid"]).toBe(decodeJwt(first.access_token)["sid"]);
    expect((await userInfo(service, answer.body.access_token)).status).toBe(200);
  });

  it("REF-02: that was rotated long ago ends the whole family at once, access tokens included", async () => {
    const first = await spaTokens(service);
    const second = await next(first.refresh_token);
    const third = await next(second.refresh_token);

    expect(seen(await refreshed(first.refresh_token))).toEqual(INVALID);

    expect(seen(await refreshed(third.refresh_token))).toEqual(INVALID);
    for (const { access_token } of [first, second, third]) {
      expect((await userInfo(service, access_token)).status).toBe(401);
      expect((await introspected(service, access_token)).body).toEqual({ active: false });
    }
  });

  it("REF-03: that was just rotated gives the same successor for ten seconds, while that is unused", async () => {
    stopClock();
    const first = await spaTokens(service);
    const second = await next(first.refresh_token);

    passSeconds(9);
    const again = await next(first.refresh_token);
    expect(again.refresh_token).toBe(second.refresh_token);

    passSeconds(2);
    expect(seen(await refreshed(first.refresh_token))).toEqual(INVALID);
    expect(seen(await refreshed(second.refresh_token))).toEqual(INVALID);
  });

  it("REF-03: is worth nothing within the ten seconds either, once its successor was used", async () => {
    stopClock();
    const first = await spaTokens(service);
    const second = await next(first.refresh_token);
    const third = await next(second.refresh_token);

    expect((await next(second.refresh_token)).refresh_token).toBe(third.refresh_token);
    expect(seen(await refreshed(first.refresh_token))).toEqual(INVALID);
    expect(seen(await refreshed(third.refresh_token))).toEqual(INVALID);
  });

  it("REF-04: of which 50 are brought at once has one successor, which works", async () => {
    stopClock();
    const { refresh_token } = await spaTokens(service);

    const answers = await Promise.all(Array.from({ length: 50 }, () => refreshed(refresh_token)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const successors = new Set(answers.map(({ body }) => body.refresh_token));
    expect(successors.size).toBe(1);
    expect((await refreshed([...successors].join())).status).toBe(200);
  });

  it("REF-05: is bound to its client, and lives on when another brings it", async () => {
    const { refresh_token } = await spaTokens(service);

    expect(seen(await refreshed(refresh_token, { client_id: "test-first-party" }))).toEqual(
      INVALID,
    );
    expect(seen(await refresh(service, refresh_token, { client_id: null }, BACKEND))).toEqual(
      INVALID,
    );

    expect((await refreshed(refresh_token)).status).toBe(200);
  });

  it("REF-05: tells another client nothing of what was granted", async () => {
    // From an address of its own: this file has nearly used up what one may sign in within a minute.
    const elsewhere = startService();
    const { refresh_token } = await spaTokens(elsewhere);
    const asked = (scope: string) =>
      refresh(elsewhere, refresh_token, { client_id: "test-first-party", scope });

    expect(seen(await asked("profile:read"))).toEqual(INVALID);
    expect(seen(await asked("profile:write"))).toEqual(INVALID);
  });

  it("REF-05: of a client with a secret is worth nothing without the secret", async () => {
    const { refresh_token } = await backendTokens(service);

    const answer = await refreshed(refresh_token, { client_id: "test-backend" });

    expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect((await refresh(service, refresh_token, { client_id: null }, BACKEND)).status).toBe(200);
  });

  it("REF-06: dies after thirty days without use", async () => {
    stopClock();
    const [kept, left] = [await spaTokens(service), await spaTokens(service)];

    passSeconds(30 * DAY_SECONDS - 1);
    expect((await refreshed(kept.refresh_token)).status).toBe(200);
    passSeconds(1);
    expect(seen(await refreshed(left.refresh_token))).toEqual(INVALID);
  });

  it("REF-06: dies after half a year however often it was used", async () => {
    stopClock();
    let { refresh_token } = await spaTokens(service);
    for (let days = 20; days < 180; days += 20) {
      passSeconds(20 * DAY_SECONDS);
      ({ refresh_token } = await next(refresh_token));
    }

    passSeconds(20 * DAY_SECONDS);

    expect(seen(await refreshed(refresh_token))).toEqual(INVALID);
  });

  it("REF-07: dies with its account", async () => {
    const { accessToken, person } = await signedIn(service);
    const code = await codeFor(service, accessToken);
    const { refresh_token } = tokensIn(await askToken(service, redemption(code)));
    await disableAccount(person.email);

    expect(seen(await refreshed(refresh_token))).toEqual(INVALID);
  });

  it("REF-07: waits while its account has to change its password, and lives on after", async () => {
    const { refresh_token, userId } = await spaTokens(service);
    const mustReset = (flag: 0 | 1) =>
      env.DB.prepare("UPDATE accounts SET must_reset_password = ? WHERE replace(id, '-', '') = ?")
        .bind(flag, userId.replace("usr_", ""))
        .run();

    expect((await mustReset(1)).meta.changes).toBe(1);
    expect(seen(await refreshed(refresh_token))).toEqual(INVALID);
    expect(seen(await refreshed(refresh_token, { scope: "openid" }))).toEqual(INVALID);
    await mustReset(0);

    expect((await refreshed(refresh_token)).status).toBe(200);
  });

  it("REF-07: dies when the password is changed", async () => {
    const { accessToken, person } = await signedIn(service);
    const code = await codeFor(service, accessToken);
    const { refresh_token } = tokensIn(await askToken(service, redemption(code)));

    const { status } = await service.ask("/api/user/password", {
      bearer: accessToken,
      body: { current_password: person.password, new_password: `${person.password}-2` },
    });

    expect(status).toBe(204);
    expect(seen(await refreshed(refresh_token))).toEqual(INVALID);
  });

  it("REF-07: dies when the person ends all other sessions", async () => {
    const { refresh_token, access_token, bearer } = await spaTokens(service);

    const { status, body } = await service.ask("/api/auth/tokens", { method: "DELETE", bearer });

    expect([status, body]).toEqual([200, expect.objectContaining({ revoked_count: 1 })]);
    expect((await userInfo(service, access_token)).status).toBe(401);
    expect(seen(await refreshed(refresh_token))).toEqual(INVALID);
  });

  it.each([
    ["nothing", "x"],
    ["its prefix alone", "lk_rt_"],
    ["one of another contract", null],
  ])("that is none is refused alike: %s", async (_, forged) => {
    const { refreshToken } = await signedIn(service);

    expect(seen(await refreshed(forged ?? refreshToken))).toEqual(INVALID);
  });

  it("that is missing is said to be missing", async () => {
    expect(seen(await refreshed(""))).toEqual(
      oauthRefusal(400, "invalid_request", "The request is not valid. refresh_token is required."),
    );
  });
});

describe("the scope of a refresh", () => {
  const profile = (bearer: string) => service.ask("/api/user/profile", { method: "GET", bearer });

  it("REF-05: may shrink for one access token, which is held to it everywhere", async () => {
    const { refresh_token } = await spaTokens(service);

    const narrowed = await next(refresh_token, { scope: "openid" });

    expect(narrowed.scope).toBe("openid");
    expect(decodeJwt(narrowed.access_token)["scope"]).toBe("openid");
    expect((await profile(narrowed.access_token)).status).toBe(403);
    expect(Object.keys((await userInfo(service, narrowed.access_token)).body)).toEqual(["sub"]);
    expect((await introspected(service, narrowed.access_token)).body["scope"]).toBe("openid");
  });

  it("REF-05: is the granted one again at the next", async () => {
    const { refresh_token, scope } = await spaTokens(service);
    const narrowed = await next(refresh_token, { scope: "openid" });

    const whole = await next(narrowed.refresh_token);

    expect(whole.scope).toBe(scope);
    expect((await profile(whole.access_token)).status).toBe(200);
  });

  it.each([
    ["one that the person did not grant", "openid email"],
    ["one that the client may never have", "openid reports:read"],
    ["one that there is not", "everything"],
  ])("REF-05: never grows: %s", async (_, scope) => {
    const { refresh_token } = await spaTokens(service);

    expect(seen(await refreshed(refresh_token, { scope }))).toEqual(
      oauthRefusal(400, "invalid_scope", "A scope is unknown or may not be asked for."),
    );
    // The wish cost no token.
    expect((await refreshed(refresh_token)).status).toBe(200);
  });

  it("without openid gives no ID token", async () => {
    const { refresh_token } = await spaTokens(service);

    expect(await next(refresh_token, { scope: "profile:read" })).not.toHaveProperty("id_token");
  });
});

describe("a client that may not refresh", () => {
  it("gets no refresh token", async () => {
    const tokens = await deviceTokens(service, { client_id: "test-oauth-tv-once" });

    expect(tokens).not.toHaveProperty("refresh_token");
  });
});

/** What a client like no other got from somebody new. */
async function tokensOfOneClient() {
  const id = await oneClient({
    grants: ["authorization_code", "refresh_token"],
    scopes: PERSON_SCOPES,
  });
  const { accessToken } = await signedIn(service);
  const code = await codeFor(service, accessToken, { clientId: id });
  const first = tokensIn(await askToken(service, redemption(code, { client_id: id })));
  return { id, ...(await next(first.refresh_token, { client_id: id })) };
}

describe("a client that was removed", () => {
  it("refreshes nothing any more at once, and is unknown a minute later at most", async () => {
    stopClock();
    const { id, refresh_token } = await tokensOfOneClient();

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(id).run();

    expect(service.ports.clients.remembers(DEFAULT_TENANT_ID, id)).toBe(true);
    expect(seen(await refreshed(refresh_token, { client_id: id }))).toEqual(INVALID);
    passSeconds(61);
    expect(await refreshed(refresh_token, { client_id: id })).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
  });
});

const scopeOf = ({ access_token }: TokenBody) => decodeJwt(access_token)["scope"];

describe("a client that was made anew under its old id", () => {
  it("refreshes nothing that the earlier one was given", async () => {
    stopClock();
    const { id, refresh_token } = await tokensOfOneClient();
    passSeconds(61);

    await env.DB.prepare("UPDATE clients SET created_at = ? WHERE id = ?")
      .bind(Date.now(), id)
      .run();

    expect(seen(await refreshed(refresh_token, { client_id: id }))).toEqual(INVALID);
  });

  it("redeems nothing that the earlier one was approved for", async () => {
    stopClock();
    const id = await oneClient({ scopes: PERSON_SCOPES });
    const { accessToken } = await signedIn(service);
    const code = await codeFor(service, accessToken, { clientId: id });
    passSeconds(1);

    await env.DB.prepare("UPDATE clients SET created_at = ? WHERE id = ?")
      .bind(Date.now(), id)
      .run();

    expect(await askToken(service, redemption(code, { client_id: id }))).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
  });
});

describe("a client that may do less than it was granted", () => {
  it("pays for no wish with its token", async () => {
    stopClock();
    const { id, refresh_token } = await tokensOfOneClient();
    await env.DB.prepare("UPDATE clients SET scopes = ? WHERE id = ?")
      .bind(JSON.stringify(["openid"]), id)
      .run();
    passSeconds(61);

    const wish = await refreshed(refresh_token, { client_id: id, scope: "profile" });
    passSeconds(11);
    const later = await next(refresh_token, { client_id: id });

    expect(wish).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
    expect(later.scope).toBe("openid");
  });

  it("gets the scopes that it still has, what it has again once it has more, and nothing for none", async () => {
    stopClock();
    const { id, refresh_token, scope } = await tokensOfOneClient();
    const register = (scopes: string[]) => {
      passSeconds(61);
      return env.DB.prepare("UPDATE clients SET scopes = ? WHERE id = ?")
        .bind(JSON.stringify(scopes), id)
        .run();
    };

    await register(["openid", "email"]);
    const less = await next(refresh_token, { client_id: id });
    await register(PERSON_SCOPES);
    const again = await next(less.refresh_token, { client_id: id });
    await register([]);
    const nothing = await refreshed(again.refresh_token, { client_id: id });

    // What the person did not grant is not given for being registered.
    expect([less, again].map(scopeOf)).toEqual(["openid", scope]);
    expect([less.scope, again.scope]).toEqual(["openid", scope]);
    const profile = { method: "GET", bearer: less.access_token };
    expect((await service.ask("/api/user/profile", profile)).status).toBe(403);
    expect(seen(nothing)).toEqual(
      oauthRefusal(400, "invalid_scope", "A scope is unknown or may not be asked for."),
    );
  });
});

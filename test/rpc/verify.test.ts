import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AuthService } from "../../src/rpc/auth-service.ts";
import { offering } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { alterAccount } from "../support/alter-account.ts";
import { countCalls } from "../support/count-calls.ts";
import { disableAccount } from "../support/disabled.ts";
import { member } from "../support/members.ts";
import {
  askToken,
  BACKEND,
  backendTokens,
  introspected,
  revoked,
  spaTokens,
  tokensIn,
} from "../support/oauth.ts";
import { API, OTHER_API, registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { auth, failureOf } from "./entrypoint.ts";

beforeAll(registerOAuthClients);

let service = startService();
const { publicUrl } = service.settings;
// An address each: signing in so often from one is refused.
beforeEach(() => {
  service = startService();
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SECONDS = expect.any(Number);

describe("verify says of a good access token", () => {
  it("whose a plain sign-in is, which is held to no scopes", async () => {
    const { accessToken, expiresIn } = await signedIn(service);

    const verified = await auth().verify(accessToken);

    expect(verified).toEqual({
      subject: accountOf(accessToken),
      accountId: accountOf(accessToken),
      clientId: "planasonix",
      sessionId: expect.stringMatching(UUID),
      tenantId: "00000000-0000-7000-8000-000000000000",
      scopes: null,
      roles: ["user"],
      audience: [publicUrl],
      actorId: null,
      issuedAt: SECONDS,
      expiresAt: SECONDS,
    });
    expect((verified?.expiresAt ?? 0) - (verified?.issuedAt ?? 0)).toBe(expiresIn);
  });

  it("which client somebody let in, what it may do and for whom", async () => {
    const { access_token } = await backendTokens(service, { resources: [API, OTHER_API] });

    expect(await auth().verify(access_token, { audience: OTHER_API })).toMatchObject({
      clientId: "test-backend",
      scopes: ["openid", "profile", "profile:read"],
      audience: [API, OTHER_API],
    });
  });

  it("that a client acts for itself, and nobody with it", async () => {
    const { access_token } = await ownTokens();

    expect(await auth().verify(access_token, { audience: API })).toEqual({
      subject: "client:test-backend",
      accountId: null,
      clientId: "test-backend",
      sessionId: null,
      tenantId: "00000000-0000-7000-8000-000000000000",
      scopes: ["reports:read"],
      roles: [],
      audience: [API],
      actorId: null,
      issuedAt: SECONDS,
      expiresAt: SECONDS,
    });
  });

  it("which role its account has now, whatever it had when the token was made", async () => {
    const { accessToken, person } = await signedIn(service);
    await alterAccount(person, { role: "admin" });

    expect(await auth().verify(accessToken)).toMatchObject({ roles: ["admin"] });
  });

  it("who impersonates its account", async () => {
    const admin = await signedIn(service);
    await alterAccount(admin.person, { role: "admin" });
    const { person, accessToken } = await signedIn(service);
    const { body } = await service.ask<{ access_token: string }>("/api/users/login", {
      body: { username: person.email, impersonate: true },
      bearer: admin.accessToken,
    });

    expect(await auth().verify(body.access_token)).toMatchObject({
      subject: accountOf(accessToken),
      actorId: accountOf(admin.accessToken),
    });
  });

  it("all that with one look into the store, and without a write", async () => {
    const { accessToken } = await signedIn(startPostOffice());
    await auth().verify(accessToken);

    expect(await countCalls(() => auth().verify(accessToken))).toMatchObject({
      d1: 1,
      kv: 0,
      durableObjects: 0,
    });
  });
});

describe("verify lets a token in only where it is meant for", () => {
  it("a token without a resource: this service", async () => {
    const { access_token } = await spaTokens(service);

    expect(await goodFor(access_token)).toEqual(["left out", publicUrl]);
  });

  it("a token for one resource: that one", async () => {
    const { access_token } = await backendTokens(service, { resources: [API] });

    expect(await goodFor(access_token)).toEqual([API]);
  });

  it("a token for two resources: either", async () => {
    const { access_token } = await backendTokens(service, { resources: [API, OTHER_API] });

    expect(await goodFor(access_token)).toEqual([API, OTHER_API]);
  });

  it.each([
    undefined,
    null,
    "",
    5,
    [publicUrl],
    {},
    `${publicUrl}/`,
    publicUrl.toUpperCase(),
    publicUrl.slice(0, -1),
  ])(
    "never where the audience that is given is %j: it does not mean this service",
    async (audience) => {
      const { accessToken } = await signedIn(service);

      expect(await call("verify", accessToken, { audience })).toBeNull();
    },
  );
});

describe("the next call after", () => {
  it.each(offering("signOut"))("signing out through $contract knows", async ({ connect }) => {
    const driver = connect(service);
    const { accessToken } = given(await driver.signIn(await member(service)));
    expect(await auth().verify(accessToken)).not.toBeNull();

    given(await driver.signOut(accessToken));

    expect(await auth().verify(accessToken)).toBeNull();
    expect(await auth().introspect(accessToken)).toEqual({ active: false });
  });

  it.each(["access_token", "refresh_token"] as const)(
    "REV-02: revoking the %s knows",
    async (which) => {
      const tokens = await spaTokens(service);
      expect(await auth().verify(tokens.access_token)).not.toBeNull();

      await revoked(service, { token: tokens[which], client_id: "test-spa" });

      expect(await auth().verify(tokens.access_token)).toBeNull();
      expect(await auth().introspect(tokens.refresh_token)).toEqual({ active: false });
    },
  );

  it("REV-02: revoking a client's own token knows", async () => {
    const { access_token: token } = await ownTokens();
    expect(await auth().verify(token, { audience: API })).not.toBeNull();

    await revoked(service, { token }, BACKEND);

    expect(await auth().verify(token, { audience: API })).toBeNull();
  });

  it("disabling the account knows", async () => {
    const { accessToken, person } = await signedIn(service);
    await disableAccount(person.email);

    expect(await auth().verify(accessToken)).toBeNull();
  });

  it("having to change the password knows, and changing it is enough", async () => {
    const { accessToken, person } = await signedIn(service);
    await alterAccount(person, { mustResetPassword: true });
    expect(await auth().verify(accessToken)).toBeNull();

    await alterAccount(person, { mustResetPassword: false });
    expect(await auth().verify(accessToken)).not.toBeNull();
  });
});

describe("verify takes nothing but an access token", () => {
  it("no refresh token, which introspection knows", async () => {
    const { refresh_token } = await spaTokens(service);

    expect(await auth().verify(refresh_token)).toBeNull();
    expect(await auth().introspect(refresh_token)).toMatchObject({
      active: true,
      token_type: "refresh_token",
      client_id: "test-spa",
    });
    expect((await introspected(service, refresh_token)).body).toEqual({ active: false });
  });

  it("no ID token", async () => {
    const { id_token } = await spaTokens(service);

    expect(await auth().verify(id_token)).toBeNull();
    expect(await auth().verify(id_token, { audience: "test-spa" })).toBeNull();
    expect(await auth().introspect(id_token)).toEqual({ active: false });
  });

  it.each([
    undefined,
    null,
    "",
    "\u0000",
    5,
    true,
    ["a", "list"],
    { token: "in an object" },
    () => "a function",
    "x".repeat(8193),
    `1|${"x".repeat(1_000_000)}`,
  ])("no text that is none: %#", async (token) => {
    expect(await call("verify", token)).toBeNull();
    expect(await call("introspect", token)).toEqual({ active: false });
    expect(await call("verifyKey", token)).toBeNull();
  });

  it.each([null, 5, "an audience", () => API])(
    "and no options that are none: %#",
    async (options) => {
      const { accessToken } = await signedIn(service);
      expect(await call("verify", accessToken, options)).toBeNull();
    },
  );
});

describe("another Worker can call", () => {
  it.each(["ports", "env", "ctx", "answer", "#answer"])(
    "four methods, and not %s",
    async (method) => {
      expect(await failureOf(() => call(method, "x"))).toBeInstanceOf(Error);
    },
  );
});

/** For which audiences a token is good. */
async function goodFor(token: string): Promise<string[]> {
  const good = (await auth().verify(token)) ? ["left out"] : [];
  for (const audience of [publicUrl, API, OTHER_API]) {
    good.push(...((await auth().verify(token, { audience })) ? [audience] : []));
  }
  return good;
}

/** As a Worker without types would. */
async function call(method: string, ...args: unknown[]): Promise<unknown> {
  const untyped = auth() as AuthService & Record<string, (...args: unknown[]) => Promise<unknown>>;
  return untyped[method]?.(...args);
}

function accountOf(accessToken: string): string {
  return decodeJwt(accessToken).sub ?? "";
}

async function ownTokens() {
  const fields = { grant_type: "client_credentials", scope: "reports:read", resource: API };
  return tokensIn(await askToken(service, fields, BACKEND));
}

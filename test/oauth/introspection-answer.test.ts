import { describe, expect, it } from "vitest";
import type { Account } from "../../src/core/account/account.ts";
import type { LiveToken } from "../../src/core/oauth/live-token.ts";
import { introspectionAnswer } from "../../src/oauth/introspection-answer.ts";

const ISSUER = "https://auth.example.test";
const administrator: Account = {
  id: "an-account",
  tenantId: "a-tenant",
  email: "robin@example.test",
  name: null,
  givenName: null,
  familyName: null,
  role: "admin",
  emailVerifiedAt: null,
  mustResetPassword: false,
  zapier: false,
  twoFactorEnabled: false,
  trialEndsAt: null,
  profile: {},
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const token: LiveToken = {
  kind: "access token",
  subject: "an-account",
  tenantId: "a-tenant",
  account: administrator,
  clientId: "a-client",
  issuedTo: "a-client",
  sessionId: "a-session",
  keyId: null,
  scope: "openid",
  audience: null,
  issuedAt: new Date(1_800_000_000_999),
  expiresAt: new Date(1_800_000_900_999),
  lastUsedAt: null,
  jti: "a-token",
  actorId: null,
};
const ANSWER = {
  active: true,
  scope: "openid",
  client_id: "a-client",
  token_type: "Bearer",
  iat: 1_800_000_000,
  exp: 1_800_000_900,
  sub: "an-account",
  aud: ISSUER,
  iss: ISSUER,
  jti: "a-token",
  sid: "a-session",
  tenant: "a-tenant",
  roles: ["admin"],
};

const answer = (replaced: Partial<LiveToken> = {}) =>
  introspectionAnswer({ ...token, ...replaced }, ISSUER);

describe("what is said of a token. RFC 7662 §2.2", () => {
  it("INT-03: is all that it stands for, in whole seconds", () => {
    expect(answer()).toEqual(ANSWER);
  });

  it("INT-02: is that it is inactive, and no more, of none", () => {
    expect(introspectionAnswer(null, ISSUER)).toEqual({ active: false });
  });

  it("leaves out what does not apply", () => {
    const { scope: _s, client_id: _c, exp: _e, jti: _j, sid: _i, ...rest } = ANSWER;
    const without = { scope: null, clientId: null, expiresAt: null, jti: null, sessionId: null };

    expect(answer(without)).toEqual(rest);
    expect(Object.keys(answer(without))).not.toContain("scope");
  });

  it("names the administrator who acts as the account. RFC 8693 §4.1", () => {
    expect(answer({ actorId: "somebody-else" })).toEqual({
      ...ANSWER,
      act: { sub: "somebody-else" },
    });
  });

  it.each([
    [["https://a.test"], "https://a.test"],
    [
      ["https://a.test", "https://b.test"],
      ["https://a.test", "https://b.test"],
    ],
  ])("says which resources it is for: %j", (audience, aud) => {
    expect(answer({ audience })).toEqual({ ...ANSWER, aud });
  });

  it.each([
    ["refresh token", "refresh_token"],
    ["api key", "api_key"],
    ["service key", "service_key"],
  ] as const)("calls nothing else Bearer than an access token: a %s", (kind, token_type) => {
    expect(answer({ kind })).toMatchObject({ token_type });
  });

  it("gives a tenant's key no role, whatever its maker may do", () => {
    const { roles: _, ...rest } = ANSWER;

    expect(answer({ kind: "service key" })).toEqual({ ...rest, token_type: "service_key" });
  });
});

import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { JOSEError } from "jose/errors";
import type { VerifiedToken } from "../../src/rpc/auth-service.ts";
import { serverUrl } from "../server-url.ts";
import { checkAudience } from "./check-audience.ts";

/** Whose tokens an API takes, and which of them. */
export interface Expected {
  /** Where Latchkey is reached, as tokens say in `iss`. */
  readonly issuer: string;
  /** What this API is called: clients ask for tokens for this `resource`. RFC 8707. */
  readonly audience: string;
  /**
   * The id of the default tenant, whose tokens are taken where this is left out, too. Of no other: OAuth
   * is served for it alone, and what contracts issue to others is not taken here.
   */
  readonly tenant?: string;
}

export type VerifyAccessToken = (token: string) => Promise<VerifiedToken | null>;

/** Tenants share an issuer and its keys: unless this is checked anybody's tokens would do. */
const DEFAULT_TENANT = "00000000-0000-7000-8000-000000000000";

/** Of what jose reports, this is about fetching the keys and says nothing of the token. */
const NO_KEYS = ["ERR_JOSE_GENERIC", "ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT"];

/** The keys of an issuer are fetched once for all who ask, and kept for ten minutes. */
const keySets = new Map<string, JWTVerifyGetKey>();

/**
 * Verifies access tokens as RFC 9068 §4 has it, without asking anybody but for the public keys. Null for
 * a token that is no good; rejects while the keys cannot be had. Tokens without a scope are refused:
 * contracts issue them for days, some of them to accounts which may do nothing elsewhere.
 */
export function accessTokenVerifier(expected: Expected): VerifyAccessToken {
  checkAudience(expected.audience);
  checkTenant(expected);
  const { origin } = serverUrl(expected.issuer);
  const keys = keysOf(origin);
  return async (token) => {
    try {
      return await verify(token, keys, { audience: expected.audience, issuer: origin });
    } catch (error) {
      if (error instanceof JOSEError && !NO_KEYS.includes(error.code)) {
        return null;
      }
      throw error;
    }
  };
}

function checkTenant(expected: Expected): void {
  // Of a setting that is missing nobody may make the default tenant.
  if ("tenant" in expected && !expected.tenant) {
    throw new TypeError("The tenant whose tokens are taken is not set.");
  }
  if (expected.tenant !== undefined && expected.tenant !== DEFAULT_TENANT) {
    throw new TypeError(
      `No token of the tenant ${JSON.stringify(expected.tenant)} can be verified with public keys: OAuth is served for the default tenant alone. Leave \`tenant\` out, or ask a service binding whose \`props\` name the tenant.`,
    );
  }
}

function keysOf(issuer: string): JWTVerifyGetKey {
  const known = keySets.get(issuer);
  if (known) {
    return known;
  }
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", issuer));
  keySets.set(issuer, keys);
  return keys;
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience }: Expected,
): Promise<VerifiedToken | null> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    // An ID token has the same issuer and the same keys. RFC 8725 §3.11.
    typ: "at+jwt",
    algorithms: ["ES256"],
    requiredClaims: ["exp", "iat", "sub", "client_id", "jti", "scope"],
  });
  return payload["tenant"] === DEFAULT_TENANT ? callerOf(payload) : null;
}

/** The signature was Latchkey's: what a claim holds is what it has put there. */
function callerOf(payload: JWTPayload): VerifiedToken {
  const sessionId = payload["sid"] === undefined ? null : String(payload["sid"]);
  const act = payload["act"] as { sub?: unknown } | undefined;
  return {
    subject: String(payload.sub),
    accountId: sessionId === null ? null : String(payload.sub),
    clientId: String(payload["client_id"]),
    sessionId,
    tenantId: String(payload["tenant"]),
    scopes: String(payload["scope"])
      .split(" ")
      .filter((one) => one !== ""),
    roles: [payload["roles"] ?? []].flat().map(String),
    audience: [payload.aud ?? []].flat(),
    actorId: act ? String(act.sub) : null,
    issuedAt: Number(payload.iat),
    expiresAt: Number(payload.exp),
  };
}

import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { JOSEError } from "jose/errors";

/** Whose tokens an API takes, and which of them. */
export interface Expected {
  /** Where Latchkey is reached: exactly what tokens say in `iss`. */
  issuer: string;
  /** What this API is called: clients ask for tokens for this `resource`. RFC 8707. */
  audience: string;
  /** The id of the tenant. Tenants share an issuer and its keys: without this check anybody's would do. */
  tenant: string;
}

export interface Caller {
  /** The account's id, or `client:<id>` where a client acts for itself. */
  subject: string;
  clientId: string;
  /** Null for a plain sign-in, which is held to no scopes. */
  scopes: readonly string[] | null;
}

export type VerifyAccessToken = (token: string) => Promise<Caller | null>;

/** Of what jose reports, this is about fetching the keys and says nothing of the token. */
const NO_KEYS = ["ERR_JOSE_GENERIC", "ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT"];

/**
 * Verifies access tokens as RFC 9068 §4 has it, without asking anybody: keys are fetched once and kept
 * for minutes. Null for a token that is no good; rejects while the keys cannot be had.
 */
export function accessTokenVerifier(expected: Expected): VerifyAccessToken {
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", expected.issuer));
  return async (token) => {
    try {
      return await verify(token, keys, expected);
    } catch (error) {
      if (error instanceof JOSEError && !NO_KEYS.includes(error.code)) {
        return null;
      }
      throw error;
    }
  };
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience, tenant }: Expected,
): Promise<Caller | null> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    // An ID token has the same issuer and the same keys. RFC 8725 §3.11.
    typ: "at+jwt",
    algorithms: ["ES256"],
    requiredClaims: ["exp", "iat", "sub", "client_id", "jti"],
  });
  return payload["tenant"] === tenant ? callerOf(payload) : null;
}

/** The signature was Latchkey's: what a claim holds is what it has put there. */
function callerOf({ sub, client_id, scope }: JWTPayload): Caller {
  return {
    subject: String(sub),
    clientId: String(client_id),
    scopes: typeof scope === "string" ? scope.split(" ").filter((one) => one !== "") : null,
  };
}

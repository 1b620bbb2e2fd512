import { decodeProtectedHeader, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { JOSEError } from "jose/errors";
import type { Role } from "../core/account/account.ts";
import type { AccessTokens, Clock } from "../core/ports.ts";
import type { Session } from "../core/session/session.ts";
import type { SigningKeys } from "./signing-keys.ts";

const TYPE = "at+jwt";
/** Longer ones are refused unread. */
const MAX_LENGTH = 8192;

/** Access tokens by RFC 9068, signed with ES256. Issuer and audience are this service. */
export function createAccessTokens(keys: SigningKeys, issuer: string, clock: Clock): AccessTokens {
  return {
    async prepare() {
      await keys.current();
    },

    mint: (session, role, lifetimeSeconds) =>
      mint(keys, clock, claimsOf(session, role, issuer), lifetimeSeconds),

    async read(token) {
      try {
        return token.length <= MAX_LENGTH ? await read(keys, issuer, clock, token) : null;
      } catch (error) {
        if (error instanceof JOSEError || error instanceof TypeError) {
          return null;
        }
        throw error;
      }
    },
  };
}

/** RFC 9068 §2.2; `act` by RFC 8693 §4.1. */
function claimsOf(session: Session, role: Role, issuer: string): JWTPayload {
  return {
    iss: issuer,
    aud: issuer,
    sub: session.accountId,
    sid: session.id,
    client_id: session.clientId ?? session.contract,
    tenant: session.tenantId,
    roles: [role],
    ...(session.scope !== null && { scope: session.scope }),
    ...(session.actorId !== null && { act: { sub: session.actorId } }),
  };
}

async function mint(
  keys: SigningKeys,
  clock: Clock,
  claims: JWTPayload,
  lifetimeSeconds: number,
): Promise<string> {
  const { kid, privateKey } = await keys.current();
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", typ: TYPE, kid })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .setJti(crypto.randomUUID())
    .sign(privateKey);
}

/** The key is chosen by `kid` among our own alone: a key that a token brings along is never read. */
async function read(keys: SigningKeys, issuer: string, clock: Clock, token: string) {
  const { kid } = decodeProtectedHeader(token);
  const key = kid ? await keys.find(kid) : null;
  if (!key) {
    return null;
  }
  const { payload } = await jwtVerify(token, key, {
    algorithms: ["ES256"],
    typ: TYPE,
    issuer,
    audience: issuer,
    currentDate: clock.now(),
    requiredClaims: ["exp", "iat", "sub", "sid"],
  });
  return typeof payload["sid"] === "string" ? { sessionId: payload["sid"] } : null;
}

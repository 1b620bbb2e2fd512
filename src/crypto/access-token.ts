import {
  decodeJwt,
  decodeProtectedHeader,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from "jose";
import { JOSEError } from "jose/errors";
import type { Role } from "../core/account/account.ts";
import type { Clock } from "../core/ports.ts";
import {
  type AccessTokenContent,
  type AccessTokens,
  type ClientTokenGrant,
  type IdTokenSubject,
  subjectOfClient,
} from "../core/session/access-tokens.ts";
import type { TokenSession } from "../core/session/session.ts";
import { fromBase64url } from "./base64url.ts";
import type { SigningKeys } from "./signing-keys.ts";
import { VerifiedTokens } from "./verified-tokens.ts";

const ACCESS_TOKEN = "at+jwt";
const ID_TOKEN = "JWT";
/** Longer ones are refused unread. */
const MAX_LENGTH = 8192;

/** Access tokens by RFC 9068 and ID tokens by OpenID Connect, signed with ES256 by this issuer. */
export function createAccessTokens(keys: SigningKeys, issuer: string, clock: Clock): AccessTokens {
  const reading: Reading = { keys, clock, issuer, verified: new VerifiedTokens() };
  const mint = (type: string, claims: JWTPayload, lifetimeSeconds: number) =>
    sign(keys, clock, { type, claims: { iss: issuer, ...claims }, lifetimeSeconds });
  const mintAccessToken = (claims: JWTPayload, lifetimeSeconds: number) =>
    mint(ACCESS_TOKEN, { ...claims, jti: crypto.randomUUID() }, lifetimeSeconds);

  return {
    async prepare() {
      await keys.current();
    },

    mint: (session, role, lifetimeSeconds) =>
      mintAccessToken(claimsOf(session, role, issuer), lifetimeSeconds),

    mintForClient: (grant, lifetimeSeconds) =>
      mintAccessToken(clientClaims(grant, issuer), lifetimeSeconds),

    mintIdToken: (about, lifetimeSeconds) => mint(ID_TOKEN, idClaims(about), lifetimeSeconds),

    async read(token, whose) {
      if (!mayBeToken(token)) {
        return null;
      }
      const content = (await recall(reading, token)) ?? (await read(reading, token));
      return whose || isFor(issuer, content) ? content : null;
    },

    readIdToken: async (token, clientId) =>
      mayBeToken(token) ? readIdToken(keys, token, { issuer, audience: clientId }) : null,
  };
}

/** False for what is too long to be a token, or is spelled as we spell none. */
function mayBeToken(token: string): boolean {
  return token.length <= MAX_LENGTH && isSpelledOnce(token);
}

/**
 * Whether the signature has the one spelling of its bytes: jose reads past padding, spaces and spare
 * bits. Header and claims are signed as they are spelled. RFC 7515 §2.
 */
function isSpelledOnce(token: string): boolean {
  return fromBase64url(token.slice(token.lastIndexOf(".") + 1)) !== null;
}

/** RFC 9068 §2.2; `act` by RFC 8693 §4.1. */
function claimsOf(session: TokenSession, role: Role, issuer: string): JWTPayload {
  return {
    aud: audienceOf(session, issuer),
    sub: session.accountId,
    sid: session.id,
    client_id: session.clientId ?? session.contract,
    tenant: session.tenantId,
    roles: [role],
    ...(session.scope !== null && { scope: session.scope }),
    ...(session.actorId !== null && { act: { sub: session.actorId } }),
  };
}

function clientClaims(grant: ClientTokenGrant, issuer: string): JWTPayload {
  return {
    aud: audienceOf(grant, issuer),
    sub: subjectOfClient(grant.clientId),
    client_id: grant.clientId,
    tenant: grant.tenantId,
    scope: grant.scope,
  };
}

function idClaims({ session, clientId, nonce }: IdTokenSubject): JWTPayload {
  const authenticatedAt = session.authenticatedAt ?? session.createdAt;
  return {
    aud: clientId,
    sub: session.accountId,
    sid: session.id,
    auth_time: Math.floor(authenticatedAt.getTime() / 1000),
    ...(nonce !== null && { nonce }),
  };
}

function audienceOf({ audience }: { audience: string | null }, issuer: string): string | string[] {
  const [only, ...more] = audience?.split(" ") ?? [];
  return only && more.length > 0 ? [only, ...more] : (only ?? issuer);
}

interface Minting {
  type: string;
  claims: JWTPayload;
  lifetimeSeconds: number;
}

async function sign(keys: SigningKeys, clock: Clock, { type, claims, lifetimeSeconds }: Minting) {
  const { kid, privateKey } = await keys.current();
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", typ: type, kid })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(privateKey);
}

/** For this service alone: whom else a token is for could bring it here in the person's name. */
function isFor(issuer: string, content: AccessTokenContent | null): boolean {
  return content?.audience.length === 1 && content.audience[0] === issuer;
}

interface Reading {
  keys: SigningKeys;
  clock: Clock;
  issuer: string;
  verified: VerifiedTokens;
}

/** What a token said when its signature was checked, while its key and its time last. */
async function recall(
  { keys, clock, verified }: Reading,
  token: string,
): Promise<AccessTokenContent | null> {
  const known = verified.find(token);
  const isGood =
    known && (await keys.find(known.kid)) === known.key && clock.now() < known.content.expiresAt;
  return isGood ? known.content : null;
}

/** The key is chosen by `kid` among our own alone: a key that a token brings along is never read. */
async function read(
  { keys, clock, issuer, verified }: Reading,
  token: string,
): Promise<AccessTokenContent | null> {
  const kid = kidOf(token);
  const key = kid ? await keys.find(kid) : null;
  if (!kid || !key) {
    return null;
  }
  const payload = await verify(token, key, () => ({
    issuer,
    algorithms: ["ES256"],
    typ: ACCESS_TOKEN,
    currentDate: clock.now(),
    requiredClaims: ["exp", "iat", "sub", "jti", "aud", "client_id", "tenant"],
  }));
  const content = payload && contentOf(payload);
  content && verified.keep(token, { kid, key, content });
  return content;
}

/** As a hint it may have expired: it is judged at the time at which it was made. OIDC Core §3.1.2.1. */
async function readIdToken(
  keys: SigningKeys,
  token: string,
  expected: { issuer: string; audience: string },
): Promise<string | null> {
  const kid = kidOf(token);
  const key = kid ? await keys.find(kid) : null;
  if (!key) {
    return null;
  }
  const payload = await verify(token, key, () => ({
    ...expected,
    algorithms: ["ES256"],
    typ: ID_TOKEN,
    currentDate: new Date((decodeJwt(token).iat ?? 0) * 1000),
    requiredClaims: ["sub", "iat"],
  }));
  return payload?.sub ?? null;
}

/** Which key a token says that it was signed with; null where it says none, or is no token. */
function kidOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null;
  } catch (error) {
    // What jose throws here where a text is no token.
    if (error instanceof TypeError) {
      return null;
    }
    throw error;
  }
}

/**
 * What a token says, if it is good; null where jose finds fault with it. Whatever else goes wrong is a
 * fault of ours and thrown: it must not look like a bad token, which signs people out and is not logged.
 */
async function verify(
  token: string,
  key: CryptoKey,
  expected: () => JWTVerifyOptions,
): Promise<JWTPayload | null> {
  try {
    return (await jwtVerify(token, key, expected())).payload;
  } catch (error) {
    if (error instanceof JOSEError) {
      return null;
    }
    throw error;
  }
}

/** Null where it is neither of a session nor, under its own subject, of a client. */
function contentOf(payload: JWTPayload): AccessTokenContent | null {
  const { jti, sub, sid, client_id, tenant, scope } = payload;
  const audience = [payload.aud ?? []].flat();
  const roles = [payload["roles"] ?? []].flat();
  const actorId = (payload["act"] as { sub?: unknown } | undefined)?.sub ?? null;
  const optional = [sid ?? "", scope ?? "", actorId ?? "", ...audience, ...roles];
  const texts = [jti, sub, client_id, tenant, ...optional];
  if (!texts.every((value) => typeof value === "string") || sid === null || sid === "") {
    return null;
  }
  const [tokenId, subject, clientId, tenantId] = texts as [string, string, string, string];
  if (sid === undefined && subject !== subjectOfClient(clientId)) {
    return null;
  }
  const time = (seconds = 0) => new Date(seconds * 1000);
  return {
    jti: tokenId,
    subject,
    tenantId,
    clientId,
    sessionId: (sid as string | undefined) ?? null,
    scope: (scope as string | undefined) ?? null,
    audience,
    roles: roles as string[],
    actorId: actorId as string | null,
    issuedAt: time(payload.iat),
    expiresAt: time(payload.exp),
  };
}

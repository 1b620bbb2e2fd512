import type { Account } from "../account/account.ts";
import type { Caller } from "../caller/caller.ts";
import { isAnyKey } from "../key/key-format.ts";
import { noteUse } from "../last-use.ts";
import type { Context } from "../ports.ts";
import type { AccessTokenContent } from "../session/access-tokens.ts";
import { readNumberedToken } from "../session/numbered-token.ts";
import { readRefreshToken } from "../session/refresh-token.ts";

/** A token of any kind that is good at this moment. */
export interface LiveToken {
  kind: "access token" | "refresh token" | "api key" | "service key";
  /** The account's id, `client:<id>` for a client that acts for itself, `key:<id>` for a tenant's. */
  subject: string;
  tenantId: string;
  /** Null in a client's own token. */
  account: Account | null;
  /** What it names as its client: an OAuth client, or the contract that it was got through. */
  clientId: string | null;
  /** The OAuth client that it was given to; null for a contract's own tokens, and for keys. */
  issuedTo: string | null;
  sessionId: string | null;
  keyId: string | null;
  /** Space-separated; null for a plain sign-in, which may do all that its account may. */
  scope: string | null;
  /** Null for this service itself. */
  audience: readonly string[] | null;
  issuedAt: Date;
  /** Null for a key that never expires. */
  expiresAt: Date | null;
  jti: string | null;
  /** As far as it is written down; null for a client's own token and for a key that was never used. */
  lastUsedAt: Date | null;
  /** The administrator who acts as the account. RFC 8693 §4.1. */
  actorId: string | null;
}

/**
 * What a token of this tenant stands for, if it is good: its session, key or client is looked up every
 * time, so that what was revoked a moment ago is not. An account that has to change its password first
 * may do nothing elsewhere; a service key acts for its tenant, whatever its maker has to do first.
 */
export async function findLiveToken(context: Context, token: string): Promise<LiveToken | null> {
  const live = await findToken(context, token, "current");
  const mayAct = live?.kind === "service key" || !live?.account?.mustResetPassword;
  return mayAct ? live : null;
}

/**
 * What is said of a live token to whoever asks. They let something in by it, so its session or key
 * counts as used; not so where nothing is said, as of a token that is none of their business.
 */
export function tellOf<Said>(
  context: Context,
  live: LiveToken | null,
  say: (live: LiveToken) => Said | null,
): Said | null {
  const said = live && say(live);
  if (live && said !== null) {
    noteUseOf(context, live);
  }
  return said;
}

/** The same as `findLiveToken` for any account, and on request for a refresh token of any generation. */
export async function findToken(
  context: Context,
  token: string,
  generation: "current" | "any",
): Promise<LiveToken | null> {
  const { accessTokens, sealer, terms } = context;
  if (isAnyKey(token)) {
    return findKey(context, token);
  }
  const refresh = await readRefreshToken(sealer, terms, token);
  if (refresh) {
    const expected = generation === "current" ? refresh.generation : undefined;
    const caller = await findCaller(context, refresh.sessionId, expected);
    return caller && { ...sessionToken(caller), kind: "refresh token", audience: null };
  }
  const numbered = await readNumberedToken(sealer, token);
  if (numbered !== null) {
    const caller = await findCaller(context, numbered);
    return caller && sessionToken(caller);
  }
  const content = await accessTokens.read(token, "any audience");
  return content && findAccessToken(context, content);
}

/** A client's own token is of neither: nothing is written down of its use. */
function noteUseOf(context: Context, { sessionId, keyId, lastUsedAt }: LiveToken): void {
  const { keys, sessions } = context;
  if (keyId !== null) {
    noteUse(context, keys, { id: keyId, lastUsedAt });
  } else if (sessionId !== null) {
    noteUse(context, sessions, { id: sessionId, lastUsedAt });
  }
}

async function findAccessToken(
  context: Context,
  content: AccessTokenContent,
): Promise<LiveToken | null> {
  const { clients, settings, tenantId } = context;
  if (content.tenantId !== tenantId) {
    return null;
  }
  const said = {
    subject: content.subject,
    tenantId,
    clientId: content.clientId,
    audience: isFor(content, settings.publicUrl) ? null : content.audience,
    issuedAt: content.issuedAt,
    expiresAt: content.expiresAt,
    jti: content.jti,
  };
  if (content.sessionId !== null) {
    const caller = await findCaller(context, content.sessionId);
    return caller && { ...sessionToken(caller), ...said, scope: content.scope };
  }
  const isGood = await clients.isTokenGood({ ...content, tenantId });
  return isGood
    ? {
        ...said,
        kind: "access token",
        account: null,
        issuedTo: content.clientId,
        sessionId: null,
        keyId: null,
        scope: content.scope,
        lastUsedAt: null,
        actorId: null,
      }
    : null;
}

function isFor({ audience }: AccessTokenContent, service: string): boolean {
  return audience.length === 1 && audience[0] === service;
}

async function findCaller(
  { clock, sessions, tenantId }: Context,
  sessionId: string,
  generation?: number,
): Promise<Caller | null> {
  const caller = await sessions.findCaller(sessionId, clock.now(), generation);
  return caller?.session.tenantId === tenantId ? caller : null;
}

function sessionToken({ session, account }: Caller): LiveToken {
  return {
    kind: "access token",
    subject: account.id,
    tenantId: session.tenantId,
    account,
    clientId: session.clientId ?? session.contract,
    issuedTo: session.clientId,
    sessionId: session.id,
    keyId: null,
    scope: session.scope,
    audience: session.audience?.split(" ") ?? null,
    issuedAt: session.createdAt,
    expiresAt: session.expiresAt,
    jti: null,
    lastUsedAt: session.lastUsedAt,
    actorId: session.actorId,
  };
}

async function findKey(
  { clock, keys, tenantId }: Context,
  token: string,
): Promise<LiveToken | null> {
  const found = await keys.findCaller(token, clock.now());
  if (found?.key.tenantId !== tenantId) {
    return null;
  }
  const { key, account } = found;
  const isOwn = key.kind === "api";
  return {
    kind: isOwn ? "api key" : "service key",
    subject: isOwn ? account.id : `key:${key.id}`,
    tenantId: key.tenantId,
    account,
    clientId: null,
    issuedTo: null,
    sessionId: null,
    keyId: key.id,
    scope: key.scopes.join(" "),
    audience: null,
    issuedAt: key.createdAt,
    expiresAt: key.expiresAt,
    jti: null,
    lastUsedAt: key.lastUsedAt,
    actorId: null,
  };
}

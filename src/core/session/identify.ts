import type { Caller } from "../caller/caller.ts";
import { noteUse } from "../last-use.ts";
import type { Context } from "../ports.ts";
import { readNumberedToken } from "./numbered-token.ts";

const PAGE_COOKIE = "page-cookie";

/**
 * Who an access token belongs to. The session is read every time, so that a revoked one is refused
 * at once, however long its token would have lived.
 */
export async function identifyByAccessToken(
  context: Context,
  token: string,
): Promise<Caller | null> {
  const named = await readAccessToken(context, token);
  const caller = named && (await findCaller(context, named.sessionId));
  return caller && withScope(caller, named.scope);
}

/** A token may say less than its session may do, where it was refreshed for a part of it alone. */
export function withScope(caller: Caller, scope: string | null): Caller {
  const { session } = caller;
  return session.scope === null || scope === null
    ? caller
    : { ...caller, session: { ...session, scope } };
}

/** Which session an access token of any contract names, by its signature alone: it may have ended. */
export async function sessionOfAccessToken(
  context: Context,
  token: string,
): Promise<string | null> {
  return (await readAccessToken(context, token))?.sessionId ?? null;
}

async function readAccessToken({ sealer, accessTokens }: Context, token: string) {
  const numbered = await readNumberedToken(sealer, token);
  if (numbered !== null) {
    return { sessionId: numbered, scope: null };
  }
  const content = await accessTokens.read(token);
  return content && content.sessionId !== null
    ? { sessionId: content.sessionId, scope: content.scope }
    : null;
}

/** Who a page's cookie belongs to. */
export async function identifyByPageCookie(
  context: Context,
  cookie: string,
): Promise<Caller | null> {
  const sessionId = await sessionOfPageCookie(context, cookie);
  return sessionId === null ? null : findCaller(context, sessionId);
}

/** Which session a page's cookie names, by its signature alone: it may have ended. */
export async function sessionOfPageCookie(
  { sealer }: Context,
  cookie: string,
): Promise<string | null> {
  const content = await sealer.verify(PAGE_COOKIE, cookie);
  return content && new TextDecoder().decode(content);
}

/** What a page's cookie says: which session it is, signed. */
export function pageCookieFor({ sealer }: Context, sessionId: string): Promise<string> {
  return sealer.sign(PAGE_COOKIE, new TextEncoder().encode(sessionId));
}

/** The living session and its account, if it is of one of these tenants: of the one that is asked unless told. */
export async function findCaller(
  context: Context,
  sessionId: string,
  tenantIds: readonly string[] = [context.tenantId],
): Promise<Caller | null> {
  const { clock, sessions } = context;
  const caller = await sessions.findCaller(sessionId, clock.now());
  if (!caller || !tenantIds.includes(caller.session.tenantId)) {
    return null;
  }
  noteUse(context, sessions, caller.session);
  return caller;
}

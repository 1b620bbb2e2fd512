import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { readRefreshToken } from "./refresh-token.ts";

export interface Leaving {
  /** The session that a token or cookie names by its signature; null when none was sent. */
  sessionId: string | null;
  /** Which sessions of the same account to end; null for the one that asks. */
  listed?: readonly string[] | null;
}

/**
 * Ends sessions, at once and everywhere. The signature of what names them is proof enough, so the
 * session is not read first; listed ones end only where they are of the same account.
 */
export async function signOut(
  context: Context,
  { sessionId, listed = null }: Leaving,
): Promise<void | Refused<"unauthenticated" | "access_token_invalid">> {
  const { clock, sessions, tenantId } = context;
  if (sessionId === null) {
    return new Refused("unauthenticated");
  }
  const left = await sessions.leave({ tenantId, sessionId, listed }, clock.now());
  if (!left) {
    return new Refused("access_token_invalid");
  }
}

/**
 * The same for clients who may have been signed out before: it never refuses. A refresh token that is
 * sent along may be of another session, such as the one of an administrator who impersonates: both end.
 */
export async function signOutIfIn(
  context: Context,
  { refreshToken, ...leaving }: Leaving & { refreshToken?: string | null },
): Promise<void> {
  const { sealer, terms } = context;
  await signOut(context, leaving);
  const other = refreshToken ? await readRefreshToken(sealer, terms, refreshToken) : null;
  if (other && other.sessionId !== leaving.sessionId) {
    await signOut(context, { sessionId: other.sessionId });
  }
}

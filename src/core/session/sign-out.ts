import type { Context } from "../ports.ts";
import { sessionOfPageCookie } from "./identify.ts";

/**
 * Ends the session that a page's cookie names, at once and everywhere. The cookie's signature is
 * proof enough, so the session is not read first; one that has ended stays so.
 */
export async function signOut(
  context: Context,
  { pageCookie }: { pageCookie: string },
): Promise<void> {
  const sessionId = await sessionOfPageCookie(context, pageCookie);
  if (sessionId !== null) {
    await context.sessions.revoke(sessionId, context.clock.now());
  }
}

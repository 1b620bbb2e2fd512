import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import { sessionInWords } from "./session-in-words.ts";
import type { PresentedRefresh } from "./sessions.ts";

/**
 * Ends the session of a refresh token that was used up before, and writes that down with it: two have
 * the token, and one of them may have stolen it. False where the session has ended. RFC 9700 §4.14.2.
 *
 * Its owner reads of it, and is not mailed: nothing stays that would have to be undone, and mostly it is
 * a program whose answer got lost on the way.
 */
export async function endReplayedSession(
  context: Context,
  presented: PresentedRefresh,
): Promise<boolean> {
  const { sessions } = context;
  // A session that has ended, which is what most old tokens are of, is looked for and not written to.
  const caller = await sessions.findCaller(presented.sessionId, presented.now);
  if (!caller) {
    return false;
  }
  const { id: sessionId, accountId, clientId, tenantId, userAgent } = caller.session;
  // The store puts in the session's name or its app's: nothing is asked for that ending could fail of.
  const subject = sessionInWords(context, { name: null, appName: null, userAgent });
  const happening = { tenantId, accountId, actorId: "", sessionId, clientId, subject };
  const event = eventOf(context, "refresh-token-replayed", happening);
  return sessions.endReplayed(presented, event);
}

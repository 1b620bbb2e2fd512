import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";

/** Ends all of the caller's sessions but the one that asks, whichever contracts they are of. */
export const revokeOtherSessions = guarded(
  {},
  async (
    context: Context,
    { caller: { account, session } }: { caller: Caller },
  ): Promise<{ revokedCount: number }> => {
    const { clock, sessions } = context;
    const { id: accountId, tenantId } = account;
    const ended = await sessions.revoke(accountId, { allBut: session.id }, clock.now());
    if (ended.length > 0) {
      recordEvent(context, "sessions-ended", { tenantId, accountId, sessionId: session.id });
    }
    return { revokedCount: ended.length };
  },
);

import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { refuseLost } from "../caller/still-in.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";

/** Ends all of the caller's sessions but the one that asks, whichever contracts they are of. */
export const revokeOtherSessions = guarded(
  { changes: true },
  async (
    context: Context,
    { caller: { account, session } }: { caller: Caller },
    by,
  ): Promise<
    { revokedCount: number } | Refused<"access_token_invalid" | "password_change_required">
  > => {
    const { id: accountId, tenantId } = account;
    const ended = await context.sessions.endOthers(accountId, "all", by);
    if (ended.length === 0) {
      return (await refuseLost(context, by)) ?? { revokedCount: 0 };
    }
    recordEvent(context, "sessions-ended", { tenantId, accountId, sessionId: session.id });
    return { revokedCount: ended.length };
  },
);

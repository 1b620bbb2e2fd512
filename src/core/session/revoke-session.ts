import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { recordEnd } from "./record-end.ts";

/** Ends a session of the caller's own. One of another tenant is unknown, like one that has ended. */
export const revokeSession = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, sessionId }: { caller: Caller; sessionId: string },
    by,
  ): Promise<void | Refused<"session_unknown" | "session_of_another">> => {
    const { clock, sessions } = context;
    const { account, session } = caller;
    const now = clock.now();
    const accountId = account.id;
    const ended =
      sessionId === session.id
        ? await sessions.end({ accountId, sessionId }, now)
        : (await sessions.endOthers(accountId, { id: sessionId }, by))[0];
    if (ended) {
      recordEnd(context, caller, ended);
      return;
    }
    const owner = await sessions.findOwner(sessionId, now);
    const isAnothers = owner?.tenantId === account.tenantId && owner.accountId !== account.id;
    return new Refused(isAnothers ? "session_of_another" : "session_unknown");
  },
);

import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { recordEnd } from "./record-end.ts";

/** Ends one of the caller's other sessions by its number; the one that asks signs out instead. */
export const revokeOtherSession = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, number }: { caller: Caller; number: number },
    by,
  ): Promise<void | Refused<"session_current" | "session_unknown">> => {
    const { account, session } = caller;
    if (number === session.number) {
      return new Refused("session_current");
    }
    const [ended] = await context.sessions.endOthers(account.id, { number }, by);
    if (!ended) {
      return new Refused("session_unknown");
    }
    recordEnd(context, caller, ended);
  },
);

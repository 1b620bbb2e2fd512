import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { guarded } from "./guarded.ts";
import type { Caller } from "./session.ts";

/** Ends one of the caller's other sessions by its number; the one that asks signs out instead. */
export const revokeOtherSession = guarded(
  {},
  async (
    { clock, sessions }: Context,
    { caller: { account, session }, number }: { caller: Caller; number: number },
  ): Promise<void | Refused<"session_current" | "session_unknown">> => {
    if (number === session.number) {
      return new Refused("session_current");
    }
    if ((await sessions.revoke(account.id, { number }, clock.now())) === 0) {
      return new Refused("session_unknown");
    }
  },
);

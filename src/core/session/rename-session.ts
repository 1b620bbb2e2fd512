import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { guarded } from "./guarded.ts";
import type { Caller } from "./session.ts";

/** Gives a living session of the caller's own another name, or none. */
export const renameSession = guarded(
  {},
  async (
    { clock, sessions }: Context,
    {
      caller: { account },
      sessionId,
      name,
    }: { caller: Caller; sessionId: string; name: string | null },
  ): Promise<void | Refused<"session_unknown">> => {
    if (!(await sessions.rename(account.id, { sessionId, name }, clock.now()))) {
      return new Refused("session_unknown");
    }
  },
);

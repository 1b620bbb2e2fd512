import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { readDeviceName } from "./device-name.ts";

/** Gives a living session of the caller's own another name, or none where nothing readable is typed. */
export const renameSession = guarded(
  {},
  async (
    { clock, sessions }: Context,
    {
      caller: { account },
      sessionId,
      name: typed,
    }: { caller: Caller; sessionId: string; name: string },
  ): Promise<void | Refused<"session_unknown">> => {
    const name = readDeviceName(typed);
    if (!(await sessions.rename(account.id, { sessionId, name }, clock.now()))) {
      return new Refused("session_unknown");
    }
  },
);

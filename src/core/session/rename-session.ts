import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { readDeviceName } from "./device-name.ts";

/** Gives a living session of the caller's own another name, or none where nothing readable is typed. */
export const renameSession = guarded(
  { changes: true },
  async (
    { sessions }: Context,
    {
      caller: { account },
      sessionId,
      name: typed,
    }: { caller: Caller; sessionId: string; name: string },
    by,
  ): Promise<void | Refused<"session_unknown">> => {
    const name = readDeviceName(typed);
    if (!(await sessions.rename(account.id, { sessionId, name }, by))) {
      return new Refused("session_unknown");
    }
  },
);

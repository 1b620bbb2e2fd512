import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { ListedSession } from "./sessions.ts";

/** A session with what its `User-Agent` said, in names that people know. */
export interface SessionInList extends ListedSession {
  client: { browser: string; os: string; deviceType: string };
}

/** The living sessions of the caller, those of every contract, the newest first; all unless told. */
export const listSessions = guarded(
  {},
  async (
    { clock, sessions, userAgents }: Context,
    {
      caller,
      accountId = caller.account.id,
      most,
    }: { caller: Caller; accountId?: string; most?: number },
  ): Promise<{ sessions: SessionInList[]; currentId: string } | Refused<"session_of_another">> => {
    if (accountId !== caller.account.id) {
      return new Refused("session_of_another");
    }
    const living = await sessions.list(accountId, clock.now(), most);
    return {
      sessions: living.map((session) => ({
        ...session,
        client: userAgents.describe(session.userAgent),
      })),
      currentId: caller.session.id,
    };
  },
);

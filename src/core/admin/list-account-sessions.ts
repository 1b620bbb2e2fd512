import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { SessionInList } from "../session/list-sessions.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { findRecord } from "./target.ts";

/** The living sessions of an account, the newest first. */
export const listAccountSessions = administered(
  { scopes: ["admin:accounts:read", "admin:accounts"] },
  async (
    context: Context,
    { accountId, most }: { caller: AdminCaller; accountId: string; most: number },
  ): Promise<{ sessions: SessionInList[] } | Refused<"target_unknown">> => {
    const record = await findRecord(context, accountId);
    if (record instanceof Refused) {
      return record;
    }
    const { clock, sessions, userAgents } = context;
    const living = await sessions.list(record.id, clock.now(), most);
    return {
      sessions: living.map((session) => ({
        ...session,
        client: userAgents.describe(session.userAgent),
      })),
    };
  },
);

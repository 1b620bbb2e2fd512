import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findTarget } from "./target.ts";

/** Signs an account out everywhere, where it acts as somebody else too. Its password stays. */
export const endAccountSessions = administered(
  { scopes: ["admin:accounts"], changes: true },
  async (
    context: Context,
    { caller, accountId }: { caller: AdminCaller; accountId: string },
  ): Promise<{ endedCount: number } | Refused<"target_unknown" | "target_out_of_reach">> => {
    const found = await findTarget(context, caller, accountId);
    if (found instanceof Refused) {
      return found;
    }
    const { target } = found;
    const event = adminEvent(context, caller, "sessions-ended-by-admin", {
      targetId: target.accountId,
    });
    const endedCount = await context.accountRecords.endSessions(target, event);
    return endedCount === null ? new Refused("target_unknown") : { endedCount };
  },
);

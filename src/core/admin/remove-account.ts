import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findTarget, refuseOwn, whyLost } from "./target.ts";

/**
 * Removes an account and everything that is its own, for good. Links and mails that are on the way
 * find nobody. A tenant without accounts is closed for registration: a client that may remove accounts could
 * else make a superadmin, by registering after the last one.
 */
export const removeAccount = administered(
  { scopes: ["admin:accounts"], changes: true },
  async (
    context: Context,
    { caller, accountId }: { caller: AdminCaller; accountId: string },
  ): Promise<void | Refused<
    "target_unknown" | "target_out_of_reach" | "target_is_caller" | "last_superadmin"
  >> => {
    const found = await findTarget(context, caller, accountId);
    if (found instanceof Refused) {
      return found;
    }
    const { record, target } = found;
    const own = refuseOwn(caller, record.id);
    if (own) {
      return own;
    }
    const event = adminEvent(context, caller, "account-removed", { targetId: record.id });
    const { email } = record;
    if (!(await context.accountRecords.remove({ ...target, email }, event))) {
      return whyLost(record);
    }
  },
);

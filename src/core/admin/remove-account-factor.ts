import { tellOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findRecord, findTarget, refuseOwn } from "./target.ts";

/**
 * Turns an account's second factor off and ends its sessions: for who has lost app and recovery codes,
 * once it is certain who asks. Its owner is told as if it had been they. ASVS 6.3.7. Where none is on,
 * nothing happens. One's own is turned off on the account's pages, with password and code.
 */
export const removeAccountFactor = administered(
  { scopes: ["admin:accounts"], changes: true },
  async (
    context: Context,
    { caller, accountId }: { caller: AdminCaller; accountId: string },
  ): Promise<void | Refused<"target_unknown" | "target_out_of_reach" | "target_is_caller">> => {
    const found = await findTarget(context, caller, accountId);
    if (found instanceof Refused) {
      return found;
    }
    const { target, record } = found;
    const own = refuseOwn(caller, record.id);
    if (own) {
      return own;
    }
    if (!record.twoFactorEnabled) {
      return;
    }
    const event = adminEvent(context, caller, "second-factor-removed", {
      targetId: target.accountId,
    });
    if (!(await context.accountRecords.removeSecondFactor(target, event))) {
      const now = await findRecord(context, record.id);
      return now instanceof Refused || now.twoFactorEnabled
        ? new Refused("target_unknown")
        : undefined;
    }
    // Where an administrator is, is theirs.
    const requester = { ...context.requester, city: null, country: null, userAgent: null };
    context.afterwards(tellOwner({ ...context, requester }, "second-factor-off", record));
  },
);

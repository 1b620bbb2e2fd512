import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findTarget } from "./target.ts";

/** Revokes a key of either kind. One's own API key goes only where its account could be touched. */
export const revokeKey = administered(
  { scopes: ["admin:keys"], changes: true },
  async (
    context: Context,
    { caller, keyId }: { caller: AdminCaller; keyId: string },
  ): Promise<void | Refused<"key_unknown" | "target_unknown" | "target_out_of_reach">> => {
    const { keyRecords, tenantId } = context;
    const key = await keyRecords.find(tenantId, keyId);
    if (!key) {
      return new Refused("key_unknown");
    }
    const isOwn = caller.person?.accountId === key.accountId;
    if (key.kind === "api" && !isOwn) {
      const owner = await findTarget(context, caller, key.accountId);
      if (owner instanceof Refused) {
        return owner;
      }
    }
    const event = adminEvent(context, caller, "key-revoked", {
      targetId: key.accountId,
      subject: key.name,
    });
    if (!(await keyRecords.remove(key, event))) {
      return new Refused("key_unknown");
    }
  },
);

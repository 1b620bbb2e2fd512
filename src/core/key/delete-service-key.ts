import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";

/** Deletes a service key of the tenant, whoever made it. */
export const deleteServiceKey = guarded(
  { role: "admin", changes: true },
  async (
    context: Context,
    { caller: { account, session }, keyId }: { caller: Caller; keyId: string },
    by,
  ): Promise<void | Refused<"key_unknown">> => {
    const { keys, tenantId } = context;
    const subject = await keys.remove({ kind: "service", tenantId }, keyId, by);
    if (subject === null) {
      return new Refused("key_unknown");
    }
    notifyOwner(context, "key-deleted", account, { sessionId: session.id, subject });
  },
);

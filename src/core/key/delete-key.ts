import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";

/** Deletes an API key of the caller's own: it opens nothing from now on. */
export const deleteKey = guarded(
  { changes: true },
  async (
    context: Context,
    { caller: { account, session }, keyId }: { caller: Caller; keyId: string },
    by,
  ): Promise<void | Refused<"key_unknown">> => {
    const { id: accountId, tenantId } = account;
    const subject = await context.keys.remove({ kind: "api", tenantId, accountId }, keyId, by);
    if (subject === null) {
      return new Refused("key_unknown");
    }
    notifyOwner(context, "key-deleted", account, { sessionId: session.id, subject });
  },
);

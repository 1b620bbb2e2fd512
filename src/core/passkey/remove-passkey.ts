import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { refuseStale } from "../caller/refuse-stale.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";

/**
 * Removes a passkey of the caller's own: it opens nothing from then on, and what it opened goes on.
 * It may be the last way in but the mailbox, to which a login code can always be sent.
 */
export const removePasskey = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, passkeyId }: { caller: Caller; passkeyId: string },
    by,
  ): Promise<void | Refused<"sign_in_stale" | "passkey_unknown">> => {
    const { account, session } = caller;
    const stale = refuseStale(context, caller);
    if (stale) {
      return stale;
    }
    const removed = await context.passkeys.remove(account.id, passkeyId, by);
    if (!removed) {
      return new Refused("passkey_unknown");
    }
    const more = { sessionId: session.id, subject: removed.name };
    notifyOwner(context, "passkey-removed", account, more);
  },
);

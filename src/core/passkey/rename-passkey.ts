import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";

/** Gives a passkey of the caller's own another name. */
export const renamePasskey = guarded(
  { changes: true },
  async (
    { passkeys }: Context,
    { caller, passkeyId, name }: { caller: Caller; passkeyId: string; name: string },
    by,
  ): Promise<void | Refused<"passkey_unknown">> => {
    if (!(await passkeys.rename(caller.account.id, { passkeyId, name }, by))) {
      return new Refused("passkey_unknown");
    }
  },
);

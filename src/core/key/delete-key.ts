import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { guarded } from "../session/guarded.ts";
import type { Caller } from "../session/session.ts";

/** Deletes an API key of the caller's own: it opens nothing from now on. */
export const deleteKey = guarded(
  {},
  async (
    { keys }: Context,
    { caller: { account }, keyId }: { caller: Caller; keyId: string },
  ): Promise<void | Refused<"key_unknown">> => {
    const { id: accountId, tenantId } = account;
    if (!(await keys.remove({ kind: "api", tenantId, accountId }, keyId))) {
      return new Refused("key_unknown");
    }
  },
);

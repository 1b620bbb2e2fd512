import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { guarded } from "../session/guarded.ts";
import type { Caller } from "../session/session.ts";

/** Deletes a service key of the tenant, whoever made it. */
export const deleteServiceKey = guarded(
  { role: "admin" },
  async (
    { keys, tenantId }: Context,
    { keyId }: { caller: Caller; keyId: string },
  ): Promise<void | Refused<"key_unknown">> => {
    if (!(await keys.remove({ kind: "service", tenantId }, keyId))) {
      return new Refused("key_unknown");
    }
  },
);

import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { Key } from "./key.ts";

/** The caller's API keys, the newest first, without their secrets. */
export const listKeys = guarded(
  {},
  async (
    { keys }: Context,
    { caller: { account } }: { caller: Caller },
  ): Promise<{ keys: Key[] }> => {
    const { id: accountId, tenantId } = account;
    return { keys: await keys.list({ kind: "api", tenantId, accountId }) };
  },
);

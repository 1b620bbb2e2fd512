import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { Key } from "./key.ts";

/** The tenant's service keys, whoever made them, the newest first, without their secrets. */
export const listServiceKeys = guarded(
  { role: "admin" },
  async ({ keys, tenantId }: Context, _: { caller: Caller }): Promise<{ keys: Key[] }> => ({
    keys: await keys.list({ kind: "service", tenantId }),
  }),
);

import type { Key } from "../key/key.ts";
import type { Context } from "../ports.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";

/** The tenant's service keys, whoever made them, without their secrets. */
export const listTenantKeys = administered(
  { scopes: ["admin:keys"] },
  async ({ keys, tenantId }: Context, _: { caller: AdminCaller }): Promise<{ keys: Key[] }> => ({
    keys: await keys.list({ kind: "service", tenantId }),
  }),
);

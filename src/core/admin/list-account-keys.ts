import type { Key } from "../key/key.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { findRecord } from "./target.ts";

/** An account's API keys, without their secrets. */
export const listAccountKeys = administered(
  { scopes: ["admin:keys"] },
  async (
    context: Context,
    { accountId }: { caller: AdminCaller; accountId: string },
  ): Promise<{ keys: Key[] } | Refused<"target_unknown">> => {
    const record = await findRecord(context, accountId);
    const { keys, tenantId } = context;
    return record instanceof Refused
      ? record
      : { keys: await keys.list({ kind: "api", tenantId, accountId: record.id }) };
  },
);

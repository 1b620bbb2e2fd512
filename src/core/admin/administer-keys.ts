import type { Key } from "../key/key.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findRecord, findTarget } from "./target.ts";

/** The tenant's service keys, whoever made them, without their secrets. */
export const listTenantKeys = administered(
  { scopes: ["admin:keys"] },
  async ({ keys, tenantId }: Context, _: { caller: AdminCaller }): Promise<{ keys: Key[] }> => ({
    keys: await keys.list({ kind: "service", tenantId }),
  }),
);

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

/** Revokes a key of either kind. One's own API key goes only where its account could be touched. */
export const revokeKey = administered(
  { scopes: ["admin:keys"], changes: true },
  async (
    context: Context,
    { caller, keyId }: { caller: AdminCaller; keyId: string },
  ): Promise<void | Refused<"key_unknown" | "target_unknown" | "target_out_of_reach">> => {
    const { keyRecords, tenantId } = context;
    const key = await keyRecords.find(tenantId, keyId);
    if (!key) {
      return new Refused("key_unknown");
    }
    const isOwn = caller.person?.accountId === key.accountId;
    if (key.kind === "api" && !isOwn) {
      const owner = await findTarget(context, caller, key.accountId);
      if (owner instanceof Refused) {
        return owner;
      }
    }
    const event = adminEvent(context, caller, "key-revoked", {
      targetId: key.accountId,
      subject: key.name,
    });
    if (!(await keyRecords.remove(key, event))) {
      return new Refused("key_unknown");
    }
  },
);

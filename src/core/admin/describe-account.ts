import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import type { AccountInFull } from "./account-records.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { findRecord } from "./target.ts";

/** One account of the tenant, and what it is signed in to with. */
export const describeAccount = administered(
  { scopes: ["admin:accounts:read", "admin:accounts"] },
  async (
    context: Context,
    { accountId }: { caller: AdminCaller; accountId: string },
  ): Promise<AccountInFull | Refused<"target_unknown">> => findRecord(context, accountId),
);

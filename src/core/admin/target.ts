import type { Role } from "../account/account.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { ROLES, rolesBelow } from "../role.ts";
import type { AccountInFull, Target } from "./account-records.ts";
import type { AdminCaller } from "./admin-caller.ts";

/** Roles that a caller may give, take away and touch: a superadmin all, an admin those below alone. */
export function rolesWithin({ role }: Pick<AdminCaller, "role">): readonly Role[] {
  return role === "superadmin" ? ROLES : rolesBelow(role);
}

/** An account of the tenant, whatever its role: to be looked at. */
export async function findRecord(
  { accountRecords, tenantId }: Context,
  accountId: string,
): Promise<AccountInFull | Refused<"target_unknown">> {
  return (await accountRecords.find(tenantId, accountId)) ?? new Refused("target_unknown");
}

/**
 * The account that a change is for. Its role is looked at here for the answer, and once more by the
 * change itself.
 */
export async function findTarget(
  context: Context,
  caller: AdminCaller,
  accountId: string,
): Promise<
  { record: AccountInFull; target: Target } | Refused<"target_unknown" | "target_out_of_reach">
> {
  const record = await findRecord(context, accountId);
  if (record instanceof Refused) {
    return record;
  }
  const roles = rolesWithin(caller);
  return roles.includes(record.role)
    ? { record, target: { tenantId: context.tenantId, accountId: record.id, roles } }
    : new Refused("target_out_of_reach");
}

/** What shuts an account out, or takes its power, nobody does to their own by accident. */
export function refuseOwn(
  { person }: AdminCaller,
  accountId: string,
): Refused<"target_is_caller"> | null {
  return person?.accountId === accountId ? new Refused("target_is_caller") : null;
}

/** Why a change of an account that was there a moment ago was not made. */
export function whyLost({ role }: AccountInFull): Refused<"last_superadmin" | "target_unknown"> {
  return new Refused(role === "superadmin" ? "last_superadmin" : "target_unknown");
}

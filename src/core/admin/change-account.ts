import type { Role } from "../account/account.ts";
import { nameFromWhole } from "../account/person-name.ts";
import type { AuditEventName } from "../audit/audit-events.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AccountChange, AccountInFull, ShutOut, ToldChange } from "./account-records.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findRecord, findTarget, refuseOwn, rolesWithin, whyLost } from "./target.ts";

/**
 * Changes what an administrator may: whether the account may sign in, its role, its flags and its name.
 * Disabling ends its sessions. A higher role ends them too, with what was approved and the API keys: none of
 * these is worth more than when it was given (ASVS 7.2.4). Whoever has its password, a passkey or the second
 * factor keeps them. Power goes to proved addresses alone, a tenant keeps a superadmin who can sign in, and
 * nobody disables themselves or takes their own role.
 */
export const changeAccount = administered(
  { scopes: ["admin:accounts"], changes: true },
  async (
    context: Context,
    { caller, accountId, name, ...asked }: ChangeAsked,
  ): Promise<
    | ChangedAccount
    | Refused<
        | "target_unknown"
        | "target_out_of_reach"
        | "target_is_caller"
        | "address_unproved"
        | "last_superadmin"
      >
  > => {
    const found = await findTarget(context, caller, accountId);
    if (found instanceof Refused) {
      return found;
    }
    const { record, target } = found;
    const refused = refuseChange(caller, record, asked);
    if (refused) {
      return refused;
    }
    const change = { ...asked, ...(name !== undefined && { name: nameFromWhole(name) }) };
    const told = partsOf(context, caller, record, whatChanges(record, change));
    const keyRevoked = adminEvent(context, caller, "key-revoked", { targetId: record.id });
    const shutOut =
      told.length === 0 ? NOBODY : await context.accountRecords.change(target, told, keyRevoked);
    const changed = await findRecord(context, record.id);
    if (changed instanceof Refused) {
      return changed;
    }
    // Somebody else may have made the same change a moment ago.
    const isAsAsked = shutOut !== null || isEmpty(whatChanges(changed, change));
    return isAsAsked ? { ...changed, ...(shutOut ?? NOBODY) } : whyLost(record);
  },
);

const NOBODY: ShutOut = { endedCount: 0, revokedKeyCount: 0 };

export interface ChangedAccount extends AccountInFull, ShutOut {}

export interface ChangeAsked extends Omit<AccountChange, "name"> {
  caller: AdminCaller;
  accountId: string;
  name?: string;
}

function refuseChange(
  caller: AdminCaller,
  record: AccountInFull,
  { disabled, role }: { disabled?: boolean; role?: Role },
): Refused<"target_out_of_reach" | "target_is_caller" | "address_unproved"> | null {
  if (role !== undefined && !rolesWithin(caller).includes(role)) {
    return new Refused("target_out_of_reach");
  }
  if (role !== undefined && role !== "user" && record.emailVerifiedAt === null) {
    return new Refused("address_unproved");
  }
  const takesAway = disabled === true || (role !== undefined && role !== record.role);
  return takesAway ? refuseOwn(caller, record.id) : null;
}

/** What is so already is left out: nobody changes it, and nothing is told of it. */
function whatChanges(
  { disabledAt, ...record }: AccountInFull,
  { disabled, role, zapier, mustResetPassword, name }: AccountChange,
): AccountChange {
  return {
    ...(disabled !== undefined && disabled !== (disabledAt !== null) && { disabled }),
    ...(role !== undefined && role !== record.role && { role }),
    ...(zapier !== undefined && zapier !== record.zapier && { zapier }),
    ...(mustResetPassword !== undefined &&
      mustResetPassword !== record.mustResetPassword && { mustResetPassword }),
    ...(name !== undefined && name.name !== record.name && { name }),
  };
}

function isEmpty(change: AccountChange): boolean {
  return Object.keys(change).length === 0;
}

/** Whether it may sign in and what it may do are told by themselves, the rest by its name. */
function partsOf(
  context: Context,
  caller: AdminCaller,
  { id: targetId }: AccountInFull,
  { disabled, role, ...rest }: AccountChange,
): ToldChange[] {
  const tell = (name: AuditEventName, subject: string | null = null) =>
    adminEvent(context, caller, name, { targetId, subject });
  return [
    ...(disabled === undefined
      ? []
      : [{ change: { disabled }, event: tell(disabled ? "account-disabled" : "account-enabled") }]),
    ...(role === undefined ? [] : [{ change: { role }, event: tell("role-changed", role) }]),
    ...(isEmpty(rest) ? [] : [{ change: rest, event: tell("account-changed", named(rest)) }]),
  ];
}

function named({ zapier, mustResetPassword, name }: AccountChange): string {
  return [
    ...(zapier === undefined ? [] : [`zapier ${onOrOff(zapier)}`]),
    ...(mustResetPassword === undefined
      ? []
      : [`must reset password ${onOrOff(mustResetPassword)}`]),
    ...(name === undefined ? [] : ["name"]),
  ].join(", ");
}

function onOrOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}

import type { Role } from "../account/account.ts";
import { nameFromWhole } from "../account/person-name.ts";
import type { AuditEvent } from "../audit/audit-log.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AccountChange, AccountInFull, ShutOut } from "./account-records.ts";
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
    const events = eventsOf(context, caller, record, change);
    const keyRevoked = adminEvent(context, caller, "key-revoked", { targetId: record.id });
    const shutOut =
      events.length === 0
        ? NOBODY
        : await context.accountRecords.change(target, change, { events, keyRevoked });
    if (shutOut === null) {
      return whyLost(record);
    }
    const changed = await findRecord(context, record.id);
    return changed instanceof Refused ? changed : { ...changed, ...shutOut };
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

/** Whether it may sign in and what it may do are told by themselves, the rest by its name. */
function eventsOf(
  context: Context,
  caller: AdminCaller,
  { id: targetId }: AccountInFull,
  { disabled, role, zapier, mustResetPassword, name }: AccountChange,
): AuditEvent[] {
  const rest = [
    ...(zapier === undefined ? [] : [`zapier ${onOrOff(zapier)}`]),
    ...(mustResetPassword === undefined
      ? []
      : [`must reset password ${onOrOff(mustResetPassword)}`]),
    ...(name === undefined ? [] : ["name"]),
  ].join(", ");
  return [
    ...(disabled === undefined
      ? []
      : [
          adminEvent(context, caller, disabled ? "account-disabled" : "account-enabled", {
            targetId,
          }),
        ]),
    ...(role === undefined
      ? []
      : [adminEvent(context, caller, "role-changed", { targetId, subject: role })]),
    ...(rest === ""
      ? []
      : [adminEvent(context, caller, "account-changed", { targetId, subject: rest })]),
  ];
}

function onOrOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}

import type { AccountInFull } from "../../core/admin/account-records.ts";
import type { AdminCaller } from "../../core/admin/admin-caller.ts";
import { rolesWithin } from "../../core/admin/target.ts";
import { type Operation, operations } from "../../core/operations.ts";
import type { Context } from "../../core/ports.ts";
import type { PolicyReason, Refused } from "../../core/refused.ts";
import type { Texts } from "../../texts/texts.ts";

/** What an administrator can do to an account on a page, by the end of the page's path. */
export type Deed = keyof Texts["manage"]["deeds"];

interface Whom {
  caller: AdminCaller;
  accountId: string;
}

export type DeedReason =
  | PolicyReason
  | keyof Texts["manage"]["refused"]
  | "role_too_low"
  | "sign_in_stale"
  | "access_token_invalid"
  | "target_unknown"
  | "rate_limited";

type Done = AccountInFull | { endedCount: number } | void;

/** Each with the operation of the admin API that does it, and decides whether it may be done. */
export const deeds: Readonly<
  Record<
    Deed,
    {
      operation: Operation;
      apply(context: Context, whom: Whom): Promise<Done | Refused<DeedReason>>;
    }
  >
> = {
  disable: {
    operation: "changeAccount",
    apply: (context, whom) => operations.changeAccount(context, { ...whom, disabled: true }),
  },
  enable: {
    operation: "changeAccount",
    apply: (context, whom) => operations.changeAccount(context, { ...whom, disabled: false }),
  },
  "password-reset": { operation: "sendPasswordReset", apply: operations.sendPasswordReset },
  invitation: { operation: "inviteAccount", apply: operations.inviteAccount },
  "sign-out": { operation: "endAccountSessions", apply: operations.endAccountSessions },
  "second-factor-off": { operation: "removeAccountFactor", apply: operations.removeAccountFactor },
};

/** Those that there is a point in for an account as it is, and that would not be refused. */
export function deedsOpenTo(administrator: AdminCaller, account: AccountInFull): readonly Deed[] {
  const { role, disabledAt, means } = account;
  const isEnabled = disabledAt === null;
  const isOwn = administrator.person?.accountId === account.id;
  const isOpen: Readonly<Record<Deed, boolean>> = {
    "password-reset": isEnabled,
    invitation: isEnabled && !means.hasPassword,
    "sign-out": isEnabled,
    "second-factor-off": means.hasSecondFactor && !isOwn,
    disable: isEnabled && !isOwn,
    enable: !isEnabled,
  };
  const all = Object.keys(isOpen) as Deed[];
  return rolesWithin(administrator).includes(role) ? all.filter((deed) => isOpen[deed]) : [];
}

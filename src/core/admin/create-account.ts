import type { Role } from "../account/account.ts";
import { newAccount } from "../account/new-account.ts";
import { nameFromWhole } from "../account/person-name.ts";
import { normaliseEmail } from "../email-address.ts";
import type { Language } from "../language.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { waitOut } from "../throttle/refuse.ts";
import type { AccountRecord } from "./account-records.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { orderInvitation } from "./order-invitation.ts";
import { rolesWithin } from "./target.ts";

/**
 * Makes an account without a password: its owner sets one through the mailbox, and no administrator
 * ever knows one. Power goes to proved addresses alone, as the administrator says that they are.
 */
export const createAccount = administered(
  { scopes: ["admin:accounts"], changes: true },
  async (
    context: Context,
    { caller, email, name, language, ...asked }: AccountToMake,
  ): Promise<
    | AccountRecord
    | Refused<"address_taken" | "address_unproved" | "target_out_of_reach" | "rate_limited">
  > => {
    const { accountRecords, clock, tenantId, throttle } = context;
    if (!rolesWithin(caller).includes(asked.role)) {
      return new Refused("target_out_of_reach");
    }
    if (asked.role !== "user" && !asked.isProved) {
      return new Refused("address_unproved");
    }
    const address = normaliseEmail(email);
    // Whoever makes, invites and removes over and over floods a mailbox that may be anybody's.
    const wait = asked.isInvited
      ? await throttle.mail({ kind: "invitation", tenantId, email: address })
      : null;
    if (wait) {
      return waitOut(wait);
    }
    const drafted = newAccount(context, {
      email: address,
      name: name === null ? null : nameFromWhole(name),
      role: asked.role,
      emailVerifiedAt: asked.isProved ? clock.now() : null,
    });
    const account = { ...drafted, profile: language === null ? {} : { locale: language } };
    const event = adminEvent(context, caller, "account-created", { targetId: account.id });
    if (!(await accountRecords.insert(account, event))) {
      return new Refused("address_taken");
    }
    if (asked.isInvited) {
      await orderInvitation(context, account);
    }
    return { ...account, disabledAt: null };
  },
);

export interface AccountToMake {
  caller: AdminCaller;
  email: string;
  name: string | null;
  role: Role;
  /** Whether the administrator knows that it is the person's address. */
  isProved: boolean;
  /** Whether a link to set a password is mailed right away. */
  isInvited: boolean;
  /** What mails are written in until the person says something else; null for what the asker reads. */
  language: Language | null;
}

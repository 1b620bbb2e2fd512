import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import { normalisePassword, refuseWeakPassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/**
 * Gives an account that has no password its first, and ends its other sessions. The write decides
 * whether there is one; the look before it saves the hash.
 */
export const setInitialPassword = guarded(
  { beforePasswordChange: true, changes: true },
  async (
    context: Context,
    { caller, password: typedPassword }: { caller: Caller; password: string },
    by,
  ): Promise<void | Refused<
    "password_exists" | "password_change_required" | "weak_password" | "rate_limited"
  >> => {
    const { accounts, clock, passwordHashes } = context;
    const { id: accountId, mustResetPassword } = caller.account;
    const fenced = await fenceCredentials(context);
    if (fenced) {
      return fenced;
    }
    const credentials = await accounts.findCredentials({ accountId });
    if (credentials?.passwordHash !== null) {
      // Who has to change a password needs the old one for it: this is no way around.
      return new Refused(mustResetPassword ? "password_change_required" : "password_exists");
    }
    const password = normalisePassword(typedPassword);
    const weak = await refuseWeakPassword(context, password, caller.account);
    if (weak) {
      return weak;
    }
    const isSet = await accounts.changePassword({
      accountId,
      expectedHash: null,
      secondFactor: null,
      passwordHash: await passwordHashes.hash(password),
      by,
      now: clock.now(),
    });
    if (!isSet) {
      return new Refused("password_exists");
    }
    notifyOwner(context, "password-changed", caller.account, { sessionId: caller.session.id });
  },
);

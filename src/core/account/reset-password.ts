import { eventOf } from "../audit/record-event.ts";
import { normaliseEmail } from "../email-address.ts";
import { notifyOwner, tellOwner } from "../mail/notify-owner.ts";
import { normalisePassword, refuseWeakPassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import type { PasswordSet } from "./accounts.ts";
import { firstProof } from "./first-proof.ts";

/**
 * Sets a new password with the token of a mailed link, and ends every session of the account.
 *
 * The link is spent by the same write that stores the password, so of any number of parallel uses
 * one succeeds, and a weak password leaves the link usable. Nobody is signed in by it.
 * Whoever holds the link reads the mailbox: they may be told what went with an address that was not proved.
 * Where a contract names the address beside the token, it must be the link's.
 */
export async function resetPassword(
  context: Context,
  { token, password: typedPassword, email = null }: PasswordReset,
): Promise<PasswordSet | Refused<"mailed_link_invalid" | "weak_password" | "rate_limited">> {
  const { accounts, mailedLinks, passwordHashes, clock, tenantId } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const link = await mailedLinks.find("reset-password", token);
  if (!link || (email !== null && link.email !== normaliseEmail(email))) {
    return new Refused("mailed_link_invalid");
  }
  const password = normalisePassword(typedPassword);
  const weak = await refuseWeakPassword(context, password, link);
  if (weak) {
    return weak;
  }
  const passwordHash = await passwordHashes.hash(password);
  const { accountId } = link;
  const reset = await accounts.resetPassword({
    accountId,
    linkNumber: link.linkNumber,
    passwordHash,
    now: clock.now(),
    firstProof: firstProof(context, { id: accountId, tenantId }),
    secondFactorOff: eventOf(context, "second-factor-off", { tenantId, accountId }),
  });
  if (!reset) {
    return new Refused("mailed_link_invalid");
  }
  await afterReset(context, token, reset);
  return reset;
}

export interface PasswordReset {
  token: string;
  password: string;
  email?: string | null;
}

/**
 * The password is set; what follows must not turn that into an error. The count of failures is
 * forgotten before the answer, so that the person can sign in right away.
 */
async function afterReset(
  context: Context,
  token: string,
  { account, isSecondFactorOff }: PasswordSet,
): Promise<void> {
  const { mailedLinks, throttle, afterwards } = context;
  afterwards(mailedLinks.forget("reset-password", token));
  notifyOwner(context, "password-changed", account, { event: "password-reset" });
  if (isSecondFactorOff) {
    afterwards(tellOwner(context, "second-factor-off", account));
  }
  await throttle.recovered(account).catch(() => {
    afterwards(throttle.recovered(account));
  });
}

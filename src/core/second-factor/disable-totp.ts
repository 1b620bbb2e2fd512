import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import { checkPassword } from "../password/check-password.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { acceptSecondFactor, checkSecondFactor, refuseUnspent } from "./prove-second-factor.ts";
import type { GivenSecondFactor } from "./second-factor.ts";

/**
 * Turns the caller's second factor off, with its recovery codes. Takes the password and the factor
 * itself, so that neither a stolen session nor a stolen password is enough. ASVS 7.5.1.
 */
export const disableTotp = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, password, ...given }: { caller: Caller; password: string } & GivenSecondFactor,
    by,
  ): Promise<void | Refused<"invalid_credentials" | "second_factor_invalid" | "rate_limited">> => {
    const credentials = await checkPassword(context, { email: caller.account.email, password });
    if (credentials instanceof Refused) {
      return credentials;
    }
    const { account, secondFactor } = credentials;
    if (!secondFactor) {
      return new Refused("second_factor_invalid");
    }
    const proof = await checkSecondFactor(context, account, secondFactor, given);
    if (proof instanceof Refused) {
      return proof;
    }
    const spentOn = context.randomness.id(context.clock.now());
    if (!(await context.secondFactors.remove(account.id, { proof, spentOn, by }))) {
      return refuseUnspent(context, by, account, proof);
    }
    acceptSecondFactor(context, { account }, proof);
    notifyOwner(context, "second-factor-off", account, { sessionId: caller.session.id });
  },
);

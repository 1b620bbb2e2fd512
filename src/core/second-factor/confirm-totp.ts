import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import {
  acceptSecondFactor,
  checkSecondFactor,
  takeBackSecondFactor,
} from "./prove-second-factor.ts";
import { drawRecoveryCodes, recoveryDigests } from "./recovery-codes.ts";

/**
 * Turns the caller's pending authenticator app on with a first code of it, which then counts as
 * used. The recovery codes are shown this once. An enrolment that is named has to be the pending one.
 */
export const confirmTotp = guarded(
  { changes: true },
  async (
    context: Context,
    {
      caller,
      code,
      enrolmentId = null,
    }: { caller: Caller; code: string; enrolmentId?: string | null | undefined },
    by,
  ): Promise<{ recoveryCodes: string[] } | Refused<"second_factor_invalid" | "rate_limited">> => {
    const fenced = await fenceCredentials(context);
    if (fenced) {
      return fenced;
    }
    const { account } = caller;
    const pending = await findPending(context, account.id, enrolmentId);
    if (!pending) {
      return new Refused("second_factor_invalid");
    }
    const proof = await checkSecondFactor(context, account, pending, { code });
    if (proof instanceof Refused) {
      return proof;
    }
    const recoveryCodes = drawRecoveryCodes(context.randomness);
    const confirmed =
      proof.kind === "totp" &&
      (await context.secondFactors.confirm({
        accountId: account.id,
        enrolmentId: pending.enrolmentId,
        step: proof.step,
        recoveryDigests: await recoveryDigests(context, account.id, recoveryCodes),
        now: context.clock.now(),
        by,
      }));
    if (!confirmed) {
      takeBackSecondFactor(context, account);
      return new Refused("second_factor_invalid");
    }
    acceptSecondFactor(context, { account }, proof);
    notifyOwner(context, "second-factor-on", account, { sessionId: caller.session.id });
    return { recoveryCodes };
  },
);

async function findPending(
  { secondFactors }: Context,
  accountId: string,
  enrolmentId: string | null,
) {
  const found = await secondFactors.find(accountId);
  const isMeant = enrolmentId === null || enrolmentId === found?.enrolmentId;
  return found?.confirmedAt === null && isMeant ? found : null;
}

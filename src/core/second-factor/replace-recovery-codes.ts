import { eventOf } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { tellOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { acceptSecondFactor, checkSecondFactor, refuseUnspent } from "./prove-second-factor.ts";
import { drawRecoveryCodes, recoveryDigests } from "./recovery-codes.ts";

/** Gives the caller new recovery codes for a code of their app. The old ones, used or not, die. */
export const replaceRecoveryCodes = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, code }: { caller: Caller; code: string },
    by,
  ): Promise<{ recoveryCodes: string[] } | Refused<"second_factor_invalid" | "rate_limited">> => {
    const fenced = await fenceCredentials(context);
    if (fenced) {
      return fenced;
    }
    const { account } = caller;
    const found = await context.secondFactors.find(account.id);
    if (!found?.confirmedAt) {
      return new Refused("second_factor_invalid");
    }
    const proof = await checkSecondFactor(context, account, found, { code });
    if (proof instanceof Refused) {
      return proof;
    }
    const recoveryCodes = drawRecoveryCodes(context.randomness);
    const digests = await recoveryDigests(context, account.id, recoveryCodes);
    const spending = { proof, spentOn: context.randomness.id(context.clock.now()), by };
    const { secondFactors } = context;
    const { id: accountId, tenantId } = account;
    const event = eventOf(context, "recovery-codes-replaced", {
      tenantId,
      accountId,
      sessionId: caller.session.id,
    });
    if (!(await secondFactors.replaceRecoveryCodes(digests, spending, event))) {
      return refuseUnspent(context, by, account, proof);
    }
    acceptSecondFactor(context, { account }, proof);
    context.afterwards(tellOwner(context, "recovery-codes-replaced", account));
    return { recoveryCodes };
  },
);

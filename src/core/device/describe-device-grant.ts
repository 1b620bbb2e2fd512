import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { admitGuess, refuseUserCode } from "./user-code-guess.ts";

/**
 * What is asking behind a user code, for a signed-in person to look at before deciding.
 * A wrong code counts as a guess (RFC 8628 §5.1); while guesses are refused, a right one is too.
 */
export const describeDeviceGrant = guarded(
  {},
  async (
    context: Context,
    { caller, userCode }: { caller: Caller; userCode: string },
  ): Promise<
    | DeviceGrant
    | Refused<"user_code_unknown" | "user_code_expired" | "user_code_decided" | "rate_limited">
  > => {
    const guess = await admitGuess(context, caller, userCode);
    if (guess instanceof Refused) {
      return guess;
    }
    const outcome = await context.userCodes.describe(guess);
    return outcome.is === "pending" ? outcome.grant : refuseUserCode(outcome);
  },
);

import type { Caller } from "../caller/caller.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import { readUserCode } from "./user-code.ts";
import type { TooManyGuesses, UserCodeGuess } from "./user-codes.ts";

/** A user code that somebody may enter. */
export async function admitGuess(
  context: Context,
  { account }: Caller,
  typed: string,
): Promise<UserCodeGuess | Refused<"user_code_unknown" | "rate_limited">> {
  const userCode = readUserCode(typed);
  if (!userCode) {
    return new Refused("user_code_unknown");
  }
  const { address } = context.requester;
  return (
    (await fenceRequests(context, "user code")) ?? {
      tenantId: account.tenantId,
      userCode,
      accountId: account.id,
      address,
    }
  );
}

/** Why a code that was entered leads nowhere. */
export function refuseUserCode(
  outcome: { is: "unknown" | "expired" | "already_decided" } | TooManyGuesses,
): Refused<"user_code_unknown" | "user_code_expired" | "user_code_decided" | "rate_limited"> {
  switch (outcome.is) {
    case "unknown":
      return new Refused("user_code_unknown");
    case "expired":
      return new Refused("user_code_expired");
    case "already_decided":
      return new Refused("user_code_decided");
    case "throttled":
      return new Refused("rate_limited", { comeBack: outcome });
  }
}

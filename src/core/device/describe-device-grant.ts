import type { Context, TooManyGuesses } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Caller } from "../session/session.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import type { DeviceGrant } from "./device-grant.ts";
import { readUserCode } from "./user-code.ts";

/**
 * What is asking behind a user code, for a signed-in person to look at before deciding.
 * A wrong code counts as a guess (RFC 8628 §5.1); while guesses are refused, a right one is too.
 */
export async function describeDeviceGrant(
  context: Context,
  { caller, userCode }: { caller: Caller; userCode: string },
): Promise<
  | DeviceGrant
  | Refused<
      | "user_code_unknown"
      | "user_code_expired"
      | "user_code_decided"
      | "rate_limited"
      | "insufficient_scope"
    >
> {
  if (caller.session.scope !== null) {
    return new Refused("insufficient_scope");
  }
  const code = readUserCode(userCode);
  if (!code) {
    return new Refused("user_code_unknown");
  }
  const flooded = await fenceRequests(context, "user code");
  if (flooded) {
    return flooded;
  }
  const outcome = await context.userCodes.describe(guess(context, caller, code));
  return outcome.is === "pending" ? outcome.grant : refuseUserCode(outcome);
}

export function guess({ requester }: Context, { account }: Caller, userCode: string) {
  const { tenantId, id: accountId } = account;
  return { tenantId, userCode, accountId, address: requester.address };
}

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

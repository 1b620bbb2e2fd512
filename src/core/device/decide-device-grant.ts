import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Caller } from "../session/session.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import { guess, refuseUserCode } from "./describe-device-grant.ts";
import { readUserCode } from "./user-code.ts";

export interface DeviceDecision {
  userCode: string;
  approve: boolean;
  /** Which of the scopes asked for to grant; null grants all of them. */
  scopes: readonly string[] | null;
}

/**
 * Approves or denies a device grant. The first decision is final. RFC 8628 §3.3.
 *
 * Only a sign-in by a person decides: a session that is itself held to scopes could otherwise hand
 * out more than it has.
 */
export async function decideDeviceGrant(
  context: Context,
  { caller, userCode, approve, scopes }: DeviceDecision & { caller: Caller },
): Promise<
  | { approved: boolean }
  | Refused<
      | "insufficient_scope"
      | "user_code_unknown"
      | "user_code_expired"
      | "user_code_decided"
      | "scope_not_allowed"
      | "rate_limited"
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
  const approvedAt = context.clock.now();
  const sessionId = context.randomness.id(approvedAt);
  const outcome = await context.userCodes.decide(
    guess(context, caller, code),
    approve ? { approved: true, approvedAt, sessionId, scopes } : { approved: false },
  );
  switch (outcome.is) {
    case "decided":
      return { approved: approve };
    case "scope_not_asked_for":
      return new Refused("scope_not_allowed", {
        fields: [{ field: "scopes", issue: "has a scope that the device did not ask for" }],
      });
    default:
      return refuseUserCode(outcome);
  }
}

import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { guarded } from "../session/guarded.ts";
import type { Caller } from "../session/session.ts";
import { admitGuess, refuseUserCode } from "./user-code-guess.ts";

export interface DeviceDecision {
  userCode: string;
  approve: boolean;
  /** Which of the scopes asked for to grant; null grants all of them. */
  scopes: readonly string[] | null;
  /** What the person calls the device. */
  deviceName?: string | null;
}

/** Approves or denies a device grant. The first decision is final. RFC 8628 §3.3. */
export const decideDeviceGrant = guarded(
  {},
  async (
    context: Context,
    { caller, userCode, approve, scopes, deviceName = null }: DeviceDecision & { caller: Caller },
  ): Promise<
    | { approved: boolean }
    | Refused<
        | "user_code_unknown"
        | "user_code_expired"
        | "user_code_decided"
        | "scope_not_allowed"
        | "rate_limited"
      >
  > => {
    const approvedAt = context.clock.now();
    const guess = await admitGuess(context, caller, userCode);
    if (guess instanceof Refused) {
      return guess;
    }
    const sessionId = context.randomness.id(approvedAt);
    const authenticatedAt = caller.session.authenticatedAt ?? caller.session.createdAt;
    const outcome = await context.userCodes.decide(
      guess,
      approve
        ? { approved: true, approvedAt, authenticatedAt, sessionId, scopes, deviceName }
        : { approved: false },
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
  },
);

import type { Account, Role } from "../account/account.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { reaches } from "../role.ts";

/**
 * The session that a change is asked for in, and when. The store makes the change where that session lets
 * somebody in at that moment, in the same transaction: it was looked up before the request began, and whoever
 * ended it since has shut out who asks.
 */
export interface StillIn {
  sessionId: string;
  at: Date;
  /** The least that its account has to be still; absent where everybody may ask. */
  least?: Role;
  /** It is open to an account that has to change its password first. */
  beforePasswordChange?: true;
}

/** Why an operation may refuse that demands this of whoever asks. */
export type EndedReason<D> = D extends { changes: true } ? "access_token_invalid" : never;

/** Why an asking session does not let a change be made any more. */
type LostReason<B extends StillIn> =
  | "access_token_invalid"
  | (B extends { beforePasswordChange: true } ? never : "password_change_required")
  | (B extends { least: Role } ? "role_too_low" : never);

/**
 * What came of a change. Where it was refused, and its session has ended by now, or its account may not ask for it
 * any more, that is the answer, as it would have been a moment later. Null is who asks by no session.
 */
export async function orLost<O, B extends StillIn>(
  context: Context,
  by: B | null,
  outcome: O,
): Promise<O | Refused<LostReason<B>>> {
  // An outer fence keeps requests from the store: nothing is asked behind it.
  if (!by || !(outcome instanceof Refused) || outcome.reason === "rate_limited") {
    return outcome;
  }
  return (await refuseLost(context, by)) ?? outcome;
}

export async function refuseLost<B extends StillIn>(
  { clock, sessions }: Context,
  by: B,
): Promise<Refused<LostReason<B>> | null> {
  const caller = await sessions.findCaller(by.sessionId, clock.now());
  const reason = caller ? whyNot(by, caller.account) : "access_token_invalid";
  return reason && new Refused(reason as LostReason<B>);
}

function whyNot({ least, beforePasswordChange }: StillIn, { role, mustResetPassword }: Account) {
  if (mustResetPassword && !beforePasswordChange) {
    return "password_change_required";
  }
  return least && !reaches(role, least) ? "role_too_low" : null;
}

import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";

/**
 * The session that a change is asked for in, and when. The store makes the change where that session lets
 * somebody in at that moment, in the same transaction: it was looked up before the request began, and whoever
 * ended it since has shut out who asks.
 */
export interface StillIn {
  sessionId: string;
  at: Date;
}

/** Why an operation may refuse that demands this of whoever asks. */
export type EndedReason<D> = D extends { changes: true } ? "access_token_invalid" : never;

/**
 * What came of a change. Where it was refused, and its session has ended by now, that is the answer, as it
 * would have been a moment later. Null is who asks by no session.
 */
export async function orEnded<O>(
  context: Context,
  by: StillIn | null,
  outcome: O,
): Promise<O | Refused<"access_token_invalid">> {
  // An outer fence keeps requests from the store: nothing is asked behind it.
  if (!by || !(outcome instanceof Refused) || outcome.reason === "rate_limited") {
    return outcome;
  }
  return (await refuseEnded(context, by)) ?? outcome;
}

export async function refuseEnded(
  { clock, sessions }: Context,
  { sessionId }: StillIn,
): Promise<Refused<"access_token_invalid"> | null> {
  const caller = await sessions.findCaller(sessionId, clock.now());
  return caller ? null : new Refused("access_token_invalid");
}

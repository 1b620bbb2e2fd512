import type { Role } from "../account/account.ts";
import type { Context } from "../ports.ts";
import { type Reason, Refused } from "../refused.ts";
import type { Caller } from "./caller.ts";

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
}

/** Why an operation may refuse that demands this of whoever asks. */
export type EndedReason<D> = D extends { changes: true } ? "access_token_invalid" : never;

/**
 * What came of a change. Where it was refused, and its session has ended by now, or whoever asks may not do it
 * any more, that is the answer, as it would have been a moment later. Null is who asks by no session.
 */
export async function orEnded<O, R extends Reason = never>(
  context: Context,
  by: StillIn | null,
  outcome: O,
  refuseCaller: (caller: Caller) => Refused<R> | null = () => null,
): Promise<O | Refused<"access_token_invalid"> | Refused<R>> {
  // An outer fence keeps requests from the store: nothing is asked behind it.
  if (!by || !(outcome instanceof Refused) || outcome.reason === "rate_limited") {
    return outcome;
  }
  const caller = await findAsking(context, by);
  return caller ? (refuseCaller(caller) ?? outcome) : new Refused("access_token_invalid");
}

export async function refuseEnded(
  context: Context,
  by: StillIn,
): Promise<Refused<"access_token_invalid"> | null> {
  return (await findAsking(context, by)) ? null : new Refused("access_token_invalid");
}

function findAsking({ clock, sessions }: Context, by: StillIn): Promise<Caller | null> {
  return sessions.findCaller(by.sessionId, clock.now());
}

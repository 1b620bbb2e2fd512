import type { Context } from "../ports.ts";
import type { Caller } from "./session.ts";

/** Ends the caller's session, at once and everywhere. */
export async function signOut(
  { sessions, clock }: Context,
  { caller }: { caller: Caller },
): Promise<void> {
  await sessions.revoke(caller.session.id, clock.now());
}

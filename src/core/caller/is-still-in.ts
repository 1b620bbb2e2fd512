import type { Context } from "../ports.ts";
import type { Caller } from "./caller.ts";

/**
 * Whether a caller's session lives on. For a write that asks for it and did not happen: the session is
 * looked up before a request begins, and may have ended since.
 */
export async function isStillIn(
  { clock, sessions }: Context,
  { session }: Caller,
): Promise<boolean> {
  return (await sessions.findOwner(session.id, clock.now())) !== null;
}

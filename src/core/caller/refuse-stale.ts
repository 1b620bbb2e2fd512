import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Caller } from "./caller.ts";

export const RECENT_SECONDS = 10 * 60;

/**
 * Refuses whoever proved more than ten minutes ago who they are: for changes that a browser left
 * open must not be enough for. ASVS 7.5.1.
 */
export function refuseStale(
  context: Context,
  { session }: Caller,
): Refused<"sign_in_stale"> | null {
  const provedAt = session.authenticatedAt ?? session.createdAt;
  return isStale(context, provedAt) ? new Refused("sign_in_stale") : null;
}

/** Whether a proof of who somebody is was given too long ago. */
export function isStale({ clock }: Context, provedAt: Date): boolean {
  return clock.now().getTime() - provedAt.getTime() > RECENT_SECONDS * 1000;
}

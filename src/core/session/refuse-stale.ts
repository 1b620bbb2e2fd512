import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Caller } from "./session.ts";

const RECENT_MS = 10 * 60 * 1000;

/**
 * Refuses whoever proved more than ten minutes ago who they are: for changes that a browser left
 * open must not be enough for. ASVS 7.5.1.
 */
export function refuseStale(
  { clock }: Context,
  { session }: Caller,
): Refused<"sign_in_stale"> | null {
  const provedAt = session.authenticatedAt ?? session.createdAt;
  const isRecent = clock.now().getTime() - provedAt.getTime() <= RECENT_MS;
  return isRecent ? null : new Refused("sign_in_stale");
}

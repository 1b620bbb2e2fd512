import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import type { AdminScope } from "./admin-scope.ts";

/** What a webhook hears is the audit log. */
const READS_THE_LOG: AdminScope = "admin:audit";

/**
 * Whoever is held to scopes and may not read the audit log makes no webhook, and gets no secret of one: it
 * would have events believed that never happened.
 */
export function refuseWithoutLog({ scopes }: AdminCaller): Refused<"insufficient_scope"> | null {
  return scopes && !scopes.includes(READS_THE_LOG) ? new Refused("insufficient_scope") : null;
}

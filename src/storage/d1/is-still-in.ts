import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { StillIn } from "../../core/caller/still-in.ts";
import { rolesFrom } from "../../core/role.ts";
import { letsIn } from "./lets-in.ts";
import { accounts, sessions } from "./schema.ts";

/**
 * For the statement that decides a change: that the session which asks for it lets somebody in, as it did when
 * it was looked up, and that they may ask for it still. What ends a session takes what it
 * did, and this what it does afterwards.
 */
export function isStillIn(by: StillIn): SQL;
/** Who asks by no session is asked for none. */
export function isStillIn(by: StillIn | null): SQL | undefined;
export function isStillIn(by: StillIn | null): SQL | undefined {
  if (!by) {
    return undefined;
  }
  const { sessionId, at, least, beforePasswordChange } = by;
  const now = at instanceof Date ? sql`${at.getTime()}` : sql`${at}`;
  const mayAsk = least && inArray(accounts.role, rolesFrom(least));
  const needNotChange = beforePasswordChange ? undefined : eq(accounts.mustResetPassword, false);
  const isIt = and(eq(sessions.id, sessionId), letsIn(now), mayAsk, needNotChange);
  return sql`EXISTS (SELECT 1 FROM ${sessions}
    JOIN ${accounts} ON ${eq(accounts.id, sessions.accountId)} WHERE ${isIt})`;
}

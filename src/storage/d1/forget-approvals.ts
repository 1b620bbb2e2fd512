import { and, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { passwords, sessions } from "./schema.ts";

/** What was approved and not yet redeemed is older than the password now, and opens nothing. */
export function forgetApprovals(
  db: Database,
  accountId: string | SQL,
  now: Date,
  condition: SQL | undefined,
) {
  return db
    .update(passwords)
    .set({ changedAt: sql`max(${passwords.changedAt}, ${now.getTime()})` })
    .where(and(sql`${passwords.accountId} = ${accountId}`, condition));
}

/**
 * In whose names the account acts. What was begun since is not older than the password: a session that is about
 * to end may have begun it while the request was under way that ends it.
 */
export function endImpersonations(
  db: Database,
  accountId: string | SQL,
  now: Date,
  condition: SQL | undefined,
) {
  return db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(sql`${sessions.actorId} = ${accountId}`, isNull(sessions.revokedAt), condition));
}

/** Of sessions that are about to end. One that is held to scopes, as a device's is, approves nothing. */
export function mayHaveApproved(ending: SQL | undefined): SQL {
  return sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${and(ending, isNull(sessions.scope))})`;
}

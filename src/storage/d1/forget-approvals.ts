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

/** Of sessions that are about to end. One that is held to scopes, as a device's is, approves nothing. */
export function mayHaveApproved(ending: SQL | undefined): SQL {
  return sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${and(ending, isNull(sessions.scope))})`;
}

import { databaseNow } from "../database-clock.ts";
import { type Sql, sql } from "../sql.ts";

/**
 * Ends the sessions of the account that a condition picks out of `accounts`; what it approved and nobody redeemed
 * yet is older than its password then, and opens nothing.
 */
export function signOut(isAccount: Sql): Record<"ended" | "voided", Sql> {
  const id = sql`(SELECT id FROM accounts WHERE ${isAccount})`;
  return {
    ended: sql`UPDATE sessions SET revoked_at = ${databaseNow}
      WHERE account_id = ${id} AND revoked_at IS NULL AND expires_at > ${databaseNow} RETURNING id`,
    voided: sql`UPDATE passwords SET changed_at = max(changed_at, ${databaseNow})
      WHERE account_id = ${id}`,
  };
}

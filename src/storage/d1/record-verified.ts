import { and, isNull, type SQL } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { recordOfAccount } from "./record-of-account.ts";
import { accounts } from "./schema.ts";

/**
 * Writes down that an account's address is verified, where it is not yet and the condition holds: before
 * the statement that makes it so, in its batch.
 */
export function recordVerified(db: Database, event: AuditEvent, condition: SQL | undefined) {
  return recordOfAccount(db, event, and(isNull(accounts.emailVerifiedAt), condition));
}

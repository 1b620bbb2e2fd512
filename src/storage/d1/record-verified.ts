import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { accounts, auditEvents } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/**
 * Writes down that an account's address is verified, where it is not yet and the condition holds: before
 * the statement that makes it so, in its batch. The tenant is the account's, which not every mailed link
 * knows.
 */
export function recordVerified(db: Database, event: AuditEvent, condition: SQL | undefined) {
  const values = valuesOf(auditEvents, event, { tenantId: sql`${accounts.tenantId}` });
  const isUnverified = and(eq(accounts.id, event.accountId), isNull(accounts.emailVerifiedAt));
  return db
    .insert(auditEvents)
    .select(sql`SELECT ${values} FROM ${accounts} WHERE ${and(isUnverified, condition)}`)
    .returning({ id: auditEvents.id });
}

import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { accounts, auditEvents } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/**
 * Writes an event down where a condition holds, which may ask of the account that it befalls. Its tenant is
 * the account's, which not every mailed link knows.
 */
export function recordOfAccount(db: Database, event: AuditEvent, condition: SQL | undefined) {
  const values = valuesOf(auditEvents, event, { tenantId: sql`${accounts.tenantId}` });
  const holds = and(eq(accounts.id, event.accountId), condition);
  return db
    .insert(auditEvents)
    .select(sql`SELECT ${values} FROM ${accounts} WHERE ${holds}`)
    .returning({ id: auditEvents.id });
}

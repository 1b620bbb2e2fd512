import { and, desc, eq, getTableColumns, lt } from "drizzle-orm";
import type { AuditEvent, AuditLog } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { auditEvents } from "./schema.ts";

/** What happened, in D1. Ids are UUIDv7: their order is that of time. */
export function d1AuditLog(db: Database): AuditLog {
  return {
    async record(event) {
      await db.insert(auditEvents).values(event);
    },

    list: (accountId, most, beforeId = null): Promise<AuditEvent[]> =>
      db
        .select(getTableColumns(auditEvents))
        .from(auditEvents)
        .where(
          and(
            eq(auditEvents.accountId, accountId),
            beforeId === null ? undefined : lt(auditEvents.id, beforeId),
          ),
        )
        .orderBy(desc(auditEvents.id))
        .limit(most),
  };
}

import { and, desc, eq, getTableColumns, gte, lt, sql } from "drizzle-orm";
import type { AuditEvent, AuditLog } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { eventsOfTenant } from "./events-of-tenant.ts";
import { firstIdOf } from "./first-id-of.ts";
import { recordWhere } from "./record-with.ts";
import { accounts, auditEvents } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** What happened, in D1. Ids are UUIDv7: their order is that of time. */
export function d1AuditLog(db: Database): AuditLog {
  return {
    async record(event) {
      await db.insert(auditEvents).values(event);
    },

    async recordDeed(deed) {
      const recorded = await recordWhere(db, deed, undefined);
      return recorded.length > 0;
    },

    async recordAtMost(event, { most, since }) {
      const { accountId } = event;
      // Their ids are in order of time, and so a range of the index: an account may have many.
      const alike = sql`SELECT count(*) FROM ${auditEvents} WHERE ${and(
        eq(auditEvents.accountId, accountId),
        gte(auditEvents.id, firstIdOf(since)),
        eq(auditEvents.event, event.event),
      )}`;
      const isThere = sql`EXISTS (SELECT 1 FROM ${accounts} WHERE ${eq(accounts.id, accountId)})`;
      await db
        .insert(auditEvents)
        .select(
          sql`SELECT ${valuesOf(auditEvents, event)} WHERE ${isThere} AND (${alike}) < ${most}`,
        );
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

    listOfTenant: (tenantId, wanted) => eventsOfTenant(db, tenantId, wanted),
  };
}

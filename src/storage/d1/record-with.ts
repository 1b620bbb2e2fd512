import { eq, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { auditEvents } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/**
 * Writes an event down where a condition holds. As the first statement of a batch it decides for all of
 * it: the others apply where `isRecorded`. What is `computed` stands in place of the event's own.
 */
export function recordWhere(
  db: Database,
  event: AuditEvent,
  condition: SQL | undefined,
  computed: { subject?: SQL } = {},
) {
  return db
    .insert(auditEvents)
    .select(sql`SELECT ${valuesOf(auditEvents, event, computed)} WHERE ${condition ?? sql`true`}`)
    .returning({ id: auditEvents.id });
}

/**
 * Makes changes and writes the event down that tells of them: both or neither. False where the condition
 * does not hold. Each change has to ask whether the event `isRecorded`.
 */
export async function changeWith(
  db: Database,
  event: AuditEvent,
  condition: SQL | undefined,
  ...changes: readonly BatchItem<"sqlite">[]
): Promise<boolean> {
  const [recorded] = await db.batch([recordWhere(db, event, condition), ...changes]);
  return recorded.length > 0;
}

export function isRecorded({ id }: AuditEvent): SQL {
  return sql`EXISTS (SELECT 1 FROM ${auditEvents} WHERE ${eq(auditEvents.id, id)})`;
}

import { and, eq, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Deed } from "../../core/admin/deed.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { auditEvents } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** A deed is told, and done, in a session that lives still; nothing of the kind is asked of another event. */
type Told = AuditEvent & Partial<Deed>;

/**
 * Writes an event down where a condition holds. As the first statement of a batch it decides for all of
 * it: the others apply where `isRecorded`. What is `computed` stands in place of the event's own.
 */
export function recordWhere(
  db: Database,
  event: Told,
  condition: SQL | undefined,
  computed: { subject?: SQL } = {},
) {
  const holds = and(condition, isStillIn(event.by ?? null));
  return db
    .insert(auditEvents)
    .select(sql`SELECT ${valuesOf(auditEvents, event, computed)} WHERE ${holds ?? sql`true`}`)
    .returning({ id: auditEvents.id });
}

/**
 * Makes changes and writes the event down that tells of them: both or neither. False where the condition
 * does not hold. Each change has to ask whether the event `isRecorded`.
 */
export async function changeWith(
  db: Database,
  event: Told,
  condition: SQL | undefined,
  ...changes: readonly BatchItem<"sqlite">[]
): Promise<boolean> {
  const [recorded] = await db.batch([recordWhere(db, event, condition), ...changes]);
  return recorded.length > 0;
}

export function isRecorded({ id }: AuditEvent): SQL {
  return sql`EXISTS (SELECT 1 FROM ${auditEvents} WHERE ${eq(auditEvents.id, id)})`;
}

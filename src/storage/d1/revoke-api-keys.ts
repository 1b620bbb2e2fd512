import { and, type SQL, sql } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { areMadeBy } from "./keys-made-by.ts";
import { auditEvents, keys } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/**
 * Takes the API keys of the account that the event is about, where a condition holds, and writes down an
 * event like it for each, with the key's name. A service key is its tenant's, whoever made it.
 */
export function revokeApiKeys(db: Database, event: AuditEvent, condition: SQL) {
  const areTaken = and(areMadeBy(db, event.accountId, ["api"]), condition);
  const computed = {
    id: anotherIdLike(event),
    // Not every mailed link knows it.
    tenantId: sql`${keys.tenantId}`,
    subject: sql`${keys.name}`,
  };
  return [
    db
      .insert(auditEvents)
      .select(sql`SELECT ${valuesOf(auditEvents, event, computed)} FROM ${keys} WHERE ${areTaken}`),
    db.delete(keys).where(areTaken).returning({ id: keys.id }),
  ] as const;
}

/** A UUIDv7 of the same moment: the last 48 bits are drawn anew. RFC 9562 §5.7. */
function anotherIdLike({ id }: AuditEvent): SQL {
  return sql`substr(${id}, 1, 24) || lower(hex(randomblob(6)))`;
}

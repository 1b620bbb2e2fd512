import { type SQL, sql } from "drizzle-orm";
import type { AuditEventName } from "../../core/audit/audit-events.ts";
import type { NewSession } from "../../core/session/session.ts";
import type { Database } from "./database.ts";
import { auditEvents } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** Writes down that a session was opened, in the batch that opens it. */
export function recordOpening(
  db: Database,
  session: NewSession,
  event: AuditEventName,
  wasOpened: SQL,
  subject?: SQL,
) {
  const actorId = sql`coalesce(${session.actorId}, ${session.accountId})`;
  const row = {
    // The event of a session is named after it: it is told once.
    id: session.id,
    tenantId: session.tenantId,
    event,
    actorId: session.accountId,
    accountId: session.accountId,
    sessionId: session.id,
    clientId: session.clientId,
    subject: null,
    address: session.address,
    city: session.city,
    country: session.country,
    userAgent: session.userAgent,
    at: session.createdAt,
  };
  const computed = { actorId, ...(subject && { subject }) };
  return db
    .insert(auditEvents)
    .select(sql`SELECT ${valuesOf(auditEvents, row, computed)} WHERE ${wasOpened}`)
    .onConflictDoNothing();
}

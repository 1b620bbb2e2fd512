import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import type { Row } from "./task.ts";

/** The event that a row of `audit_events` is. */
export function auditEventOf(row: Row): AuditEvent {
  const text = (column: string) => row[column] as string | null;
  return {
    id: String(row["id"]),
    tenantId: String(row["tenant_id"]),
    event: row["event"] as AuditEvent["event"],
    actorId: String(row["actor_id"]),
    accountId: String(row["account_id"]),
    sessionId: text("session_id"),
    clientId: text("client_id"),
    subject: text("subject"),
    address: String(row["address"]),
    city: text("city"),
    country: text("country"),
    userAgent: text("user_agent"),
    at: new Date(Number(row["at"])),
  };
}

import { type AuditEventName, type Outcome, outcomeOf } from "./audit-events.ts";
import type { AuditEvent } from "./audit-log.ts";

/** An event as it leaves the service: in exports and to webhooks. It holds nothing that is secret. */
export interface EventRecord {
  id: string;
  /** ISO 8601, in UTC. */
  at: string;
  event: AuditEventName;
  /** Null for an event that a newer version of the service has written. */
  outcome: Outcome | null;
  tenant: string;
  /** Who did it: an account, `client:<id>` or `operator`; null where that is not known. */
  actor: string | null;
  /** To whom: an account, `client:<id>`, `tenant:<slug>` or `webhook:<id>`; null for none of them. */
  account: string | null;
  session: string | null;
  client: string | null;
  subject: string | null;
  address: string | null;
  city: string | null;
  country: string | null;
  user_agent: string | null;
}

export function recordOf(event: AuditEvent): EventRecord {
  return {
    id: event.id,
    at: event.at.toISOString(),
    event: event.event,
    outcome: outcomeOf(event.event),
    tenant: event.tenantId,
    actor: event.actorId || null,
    account: event.accountId || null,
    session: event.sessionId,
    client: event.clientId,
    subject: event.subject,
    address: event.address || null,
    city: event.city,
    country: event.country,
    user_agent: event.userAgent,
  };
}

import type { AuditEvent, AuditEventName } from "./audit-log.ts";

/** An event as it leaves the service: in exports and to webhooks. It holds nothing that is secret. */
export interface EventRecord {
  id: string;
  /** ISO 8601, in UTC. */
  at: string;
  event: AuditEventName;
  outcome: Outcome;
  tenant: string;
  /** Who did it: an account or a client; null where that is not known. */
  actor: string | null;
  /** To whom; null where it is about no account. */
  account: string | null;
  session: string | null;
  client: string | null;
  subject: string | null;
  address: string | null;
  city: string | null;
  country: string | null;
  user_agent: string | null;
}

export type Outcome = "done" | "refused";

const REFUSALS: readonly AuditEventName[] = [
  "password-refused",
  "password-closed",
  "second-factor-refused",
  "second-factor-closed",
  "device-denied",
  "webhook-disabled",
];

export function outcomeOf(event: AuditEventName): Outcome {
  return REFUSALS.includes(event) ? "refused" : "done";
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

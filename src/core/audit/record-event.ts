import type { Context } from "../ports.ts";
import type { AuditEventName } from "./audit-events.ts";
import type { AuditEvent } from "./audit-log.ts";

/** Whom an event is about, and what more there is to tell of it. */
export interface Happening {
  tenantId: string;
  accountId: string;
  /** Where it was not the account itself. */
  actorId?: string;
  sessionId?: string | null;
  clientId?: string | null;
  subject?: string | null;
}

/** Writes down, after the answer, what was just done to an account by its owner or in their name. */
export function recordEvent(context: Context, name: AuditEventName, happening: Happening): void {
  context.afterwards(context.auditLog.record(eventOf(context, name, happening)));
}

/** What is written down of it, as of now. */
export function eventOf(
  { clock, randomness, requester }: Context,
  name: AuditEventName,
  happening: Happening,
): AuditEvent {
  const { tenantId, accountId, actorId = accountId } = happening;
  const { sessionId = null, clientId = null, subject = null } = happening;
  const at = clock.now();
  const { address, city, country, userAgent } = requester;
  return {
    id: randomness.id(at),
    tenantId,
    event: name,
    actorId,
    accountId,
    sessionId,
    clientId,
    subject,
    address,
    city,
    country,
    userAgent,
    at,
  };
}

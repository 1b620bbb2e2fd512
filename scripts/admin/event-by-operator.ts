import { v7 } from "uuid";
import type { AuditEventName } from "../../src/core/audit/audit-events.ts";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";

/** Who does what `npm run admin` does: there is no account for them. */
export const OPERATOR = "operator";

/** What is written down of a deed to an account, for a change that takes its event along. */
export function eventByOperator(
  event: AuditEventName,
  { tenantId, accountId }: Pick<AuditEvent, "tenantId" | "accountId">,
  now: Date,
  subject: string | null = null,
): AuditEvent {
  const nowhere = { address: "", city: null, country: null, userAgent: null };
  const by = { actorId: OPERATOR, sessionId: null, clientId: null };
  const id = v7({ msecs: now.getTime() });
  return { id, tenantId, event, accountId, ...by, subject, ...nowhere, at: now };
}

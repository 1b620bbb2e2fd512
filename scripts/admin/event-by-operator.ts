import { v7 } from "uuid";
import type { Deed } from "../../src/core/admin/deed.ts";
import type { AuditEventName, ServiceEventName } from "../../src/core/audit/audit-events.ts";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";

/** Who does what `npm run admin` does: there is no account for them. */
export const OPERATOR = "operator";

/**
 * What is written down of a deed to an account, for a change that takes its event along. `now` is the
 * database's. It is done in no session.
 */
export function eventByOperator(
  event: AuditEventName,
  { tenantId, accountId }: Pick<AuditEvent, "tenantId" | "accountId">,
  now: Date,
  subject: string | null = null,
): Deed {
  const nowhere = { address: "", city: null, country: null, userAgent: null };
  const operator = { actorId: OPERATOR, sessionId: null, clientId: null };
  const id = v7({ msecs: now.getTime() });
  return { id, tenantId, event, accountId, ...operator, subject, ...nowhere, at: now, by: null };
}

/** The same of one to the service, such as to a client or a tenant: it stands in the log of the default tenant. */
export function deedByOperator(
  event: ServiceEventName,
  target: string,
  now: Date,
  subject: string | null = null,
): Deed {
  return eventByOperator(event, { tenantId: DEFAULT_TENANT_ID, accountId: target }, now, subject);
}

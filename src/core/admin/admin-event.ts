import type { AuditEventName, ServiceEventName } from "../audit/audit-events.ts";
import type { AuditEvent } from "../audit/audit-log.ts";
import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import type { AdminCaller } from "./admin-caller.ts";

/** What is written down of an administrator's deed: by whom, and to which account, client or tenant. */
export function adminEvent(
  context: Context,
  { actorId, sessionId, clientId }: AdminCaller,
  name: AuditEventName,
  { targetId, subject = null }: { targetId: string; subject?: string | null },
): AuditEvent {
  const { tenantId } = context;
  const by = { actorId, sessionId, clientId };
  return eventOf(context, name, { tenantId, accountId: targetId, ...by, subject });
}

/**
 * The same of an operator's deed. It stands in the log of the default tenant, whichever tenant was
 * named: it is about all of them, and hidden in none.
 */
export function operatorEvent(
  context: Context,
  caller: AdminCaller,
  name: ServiceEventName,
  about: Parameters<typeof adminEvent>[3],
): AuditEvent {
  return adminEvent({ ...context, tenantId: DEFAULT_TENANT_ID }, caller, name, about);
}

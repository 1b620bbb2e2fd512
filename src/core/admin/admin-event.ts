import type { AuditEventName, ServiceEventName } from "../audit/audit-events.ts";
import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import { type AdminCaller, askingBy } from "./admin-caller.ts";
import type { Deed } from "./deed.ts";

/** What is written down of an administrator's deed: by whom, and to which account, client or tenant. */
export function adminEvent(
  context: Context,
  caller: AdminCaller,
  name: AuditEventName,
  { targetId, subject = null }: { targetId: string; subject?: string | null },
): Deed {
  const { tenantId } = context;
  const { actorId, sessionId, clientId } = caller;
  const event = { tenantId, accountId: targetId, actorId, sessionId, clientId, subject };
  return { ...eventOf(context, name, event), by: askingBy(context, caller) };
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
): Deed {
  return adminEvent({ ...context, tenantId: DEFAULT_TENANT_ID }, caller, name, about);
}

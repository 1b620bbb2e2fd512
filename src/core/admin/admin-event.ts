import type { AuditEvent, AuditEventName } from "../audit/audit-log.ts";
import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import type { AdminCaller } from "./admin-caller.ts";

/** What is written down of an administrator's deed: by whom, and to which account, client or tenant. */
export function adminEvent(
  context: Context,
  { actorId, sessionId }: AdminCaller,
  name: AuditEventName,
  { targetId, subject = null }: { targetId: string; subject?: string | null },
): AuditEvent {
  const { tenantId } = context;
  return eventOf(context, name, { tenantId, accountId: targetId, actorId, sessionId, subject });
}

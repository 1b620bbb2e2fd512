import type { AuditEvent } from "../audit/audit-log.ts";
import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import type { Account } from "./account.ts";

/**
 * That somebody made an account for themselves: stored in the write that makes it. The event has the
 * account's own id, so that no account has two of them.
 */
export function accountMade(
  context: Context,
  { id, tenantId, createdAt }: Account,
  sessionId: string | null = null,
): AuditEvent {
  const event = eventOf(context, "account-made", { tenantId, accountId: id, sessionId });
  return { ...event, id, at: createdAt };
}

import type { AuditEvent } from "../audit/audit-log.ts";
import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import type { Account } from "./account.ts";

/**
 * That somebody proved to read the mail of an account's address: stored in the write that has it count
 * as verified. It does not name the address: an id that outlives its account in the log leads to nobody.
 */
export function addressVerified(
  context: Context,
  { id, tenantId }: Pick<Account, "id" | "tenantId">,
  sessionId: string | null = null,
): AuditEvent {
  return eventOf(context, "address-verified", { tenantId, accountId: id, sessionId });
}

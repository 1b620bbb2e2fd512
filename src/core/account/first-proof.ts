import type { AuditEvent } from "../audit/audit-log.ts";
import { eventOf } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import type { Account } from "./account.ts";
import { addressVerified } from "./address-verified.ts";

/**
 * What is written down where an address is proved that nobody had proved before: that it is and, like
 * `keyRevoked`, each API key that goes with it, since whoever made it may not be the address's owner.
 */
export interface FirstProof {
  verified: AuditEvent;
  keyRevoked: AuditEvent;
}

export function firstProof(
  context: Context,
  account: Pick<Account, "id" | "tenantId">,
  sessionId: string | null = null,
): FirstProof {
  const { id: accountId, tenantId } = account;
  return {
    verified: addressVerified(context, account, sessionId),
    keyRevoked: eventOf(context, "key-revoked", { tenantId, accountId, sessionId }),
  };
}

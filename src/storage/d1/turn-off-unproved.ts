import { and, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { recordOfAccount } from "./record-of-account.ts";
import { isRecorded } from "./record-with.ts";
import { accounts, recoveryCodes, secondFactors } from "./schema.ts";

/**
 * Turns the second factor of an account off whose address nobody has proved yet, where the condition holds:
 * it may be the app of whoever registered somebody else's address. Not that of an account with power, which
 * an operator removes. Decided by the event.
 */
export function turnOffUnproved(db: Database, event: AuditEvent, condition: SQL) {
  const { accountId } = event;
  const isOn = sql`EXISTS (SELECT 1 FROM ${secondFactors}
    WHERE ${and(eq(secondFactors.accountId, accountId), isNotNull(secondFactors.confirmedAt))})`;
  const isUnproved = and(isNull(accounts.emailVerifiedAt), eq(accounts.role, "user"));
  return [
    recordOfAccount(db, event, and(isUnproved, isOn, condition)),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, accountId), isRecorded(event))),
    db.delete(secondFactors).where(and(eq(secondFactors.accountId, accountId), isRecorded(event))),
  ] as const;
}

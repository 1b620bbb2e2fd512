import { and, eq, exists, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Role } from "../../core/account/account.ts";
import type { AccountChange, AccountRecords, Target } from "../../core/admin/account-records.ts";
import { rolesBelow } from "../../core/admin/target.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { isTarget } from "./is-target.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import { revokeApiKeys } from "./revoke-api-keys.ts";
import { accounts, passwords, recoveryCodes, secondFactors, sessions } from "./schema.ts";

/**
 * One transaction, decided by its first statement: the first event is written down for a target alone. Sessions
 * end, and keys go, before the role is another, by which it is known to be higher.
 */
export async function changeAccount(
  db: Database,
  ...[target, change, told]: Parameters<AccountRecords["change"]>
): ReturnType<AccountRecords["change"]> {
  const [deciding, ...others] = told.events;
  if (!deciding) {
    throw new Error("a change of which nobody tells");
  }
  const { accountId } = target;
  const { disabled, role } = change;
  const hasWon = isRecorded(deciding);
  const takesAway = disabled === true || (role !== undefined && role !== "superadmin");
  const decide = recordWhere(db, deciding, isTarget(target, { keepsSuperadmin: takesAway }));
  const apply = [
    db
      .update(accounts)
      .set(columnsOf(change, deciding.at))
      .where(and(eq(accounts.id, accountId), hasWon)),
    ...others.map((event) => recordWhere(db, event, hasWon)),
  ] as const;
  const lower = role === undefined ? [] : rolesBelow(role);
  if (!disabled && lower.length === 0) {
    const [recorded] = await db.batch([decide, ...apply]);
    return recorded.length > 0 ? { endedCount: 0, revokedKeyCount: 0 } : null;
  }
  const isPromoted = sql`${hasWon} AND ${isOf(db, accountId, lower)}`;
  const [recorded, ended, , , revoked] = await db.batch([
    decide,
    ...signOut(db, accountId, deciding.at, disabled ? hasWon : isPromoted),
    ...revokeApiKeys(db, told.keyRevoked, isPromoted),
    ...apply,
  ]);
  return recorded.length > 0 ? { endedCount: ended.length, revokedKeyCount: revoked.length } : null;
}

function columnsOf({ disabled, name, ...columns }: AccountChange, now: Date) {
  return {
    ...columns,
    ...name,
    // One that was disabled before stays so since then.
    ...(disabled !== undefined && {
      disabledAt: disabled ? sql`coalesce(${accounts.disabledAt}, ${now.getTime()})` : null,
    }),
    updatedAt: now,
  };
}

function isOf(db: Database, accountId: string, roles: readonly Role[]): SQL {
  const isIt = and(eq(accounts.id, accountId), inArray(accounts.role, [...roles]));
  return exists(db.select({ one: sql`1` }).from(accounts).where(isIt));
}

export async function endAllSessions(
  db: Database,
  target: Target,
  event: AuditEvent,
): Promise<number | null> {
  const hasWon = isRecorded(event);
  const [recorded, ended] = await db.batch([
    recordWhere(db, event, isTarget(target, { keepsSuperadmin: false })),
    ...signOut(db, target.accountId, event.at, hasWon),
  ]);
  return recorded.length > 0 ? ended.length : null;
}

export async function removeFactor(
  db: Database,
  target: Target,
  event: AuditEvent,
): Promise<boolean | null> {
  const { accountId } = target;
  const hasWon = isRecorded(event);
  const [recorded, , removed] = await db.batch([
    recordWhere(db, event, isTarget(target, { keepsSuperadmin: false })),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, accountId), hasWon)),
    db
      .delete(secondFactors)
      .where(and(eq(secondFactors.accountId, accountId), hasWon))
      .returning({ confirmedAt: secondFactors.confirmedAt }),
    ...signOut(db, accountId, event.at, hasWon),
  ]);
  return recorded.length > 0 ? removed.some(({ confirmedAt }) => confirmedAt !== null) : null;
}

/** Its sessions and those in which it acts as somebody; what was approved and not redeemed yet is void. */
function signOut(db: Database, accountId: string, now: Date, condition: SQL) {
  return [
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(
        and(
          or(eq(sessions.accountId, accountId), eq(sessions.actorId, accountId)),
          isNull(sessions.revokedAt),
          condition,
        ),
      )
      .returning({ id: sessions.id }),
    db
      .update(passwords)
      .set({ changedAt: sql`max(${passwords.changedAt}, ${now.getTime()})` })
      .where(and(eq(passwords.accountId, accountId), condition)),
  ] as const;
}

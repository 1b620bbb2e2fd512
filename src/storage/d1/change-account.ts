import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { AccountChange, Target } from "../../core/admin/account-records.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { isTarget } from "./is-target.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import { accounts, passwords, recoveryCodes, secondFactors, sessions } from "./schema.ts";

/** One transaction, decided by its first statement: the first event is written down for a target alone. */
export async function changeAccount(
  db: Database,
  asked: { target: Target; change: AccountChange; events: readonly AuditEvent[] },
): Promise<boolean> {
  const { target, change } = asked;
  const [deciding, ...others] = asked.events;
  if (!deciding) {
    throw new Error("a change of which nobody tells");
  }
  const { accountId } = target;
  const { disabled, name, ...columns } = change;
  const hasWon = isRecorded(deciding);
  const takesAway =
    disabled === true || (change.role !== undefined && change.role !== "superadmin");
  const [recorded] = await db.batch([
    recordWhere(db, deciding, isTarget(target, { keepsSuperadmin: takesAway })),
    db
      .update(accounts)
      .set({
        ...columns,
        ...name,
        // One that was disabled before stays so since then.
        ...(disabled !== undefined && {
          disabledAt: disabled
            ? sql`coalesce(${accounts.disabledAt}, ${deciding.at.getTime()})`
            : null,
        }),
        updatedAt: deciding.at,
      })
      .where(and(eq(accounts.id, accountId), hasWon)),
    ...others.map((event) => recordWhere(db, event, hasWon)),
    ...(disabled ? signOut(db, accountId, deciding.at, hasWon) : []),
  ]);
  return recorded.length > 0;
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

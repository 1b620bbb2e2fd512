import { and, eq, exists, inArray, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Role } from "../../core/account/account.ts";
import type {
  AccountChange,
  ShutOut,
  Target,
  ToldChange,
} from "../../core/admin/account-records.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import { rolesBelow } from "../../core/role.ts";
import type { Database } from "./database.ts";
import { isTarget } from "./is-target.ts";
import { namedBatch } from "./named-batch.ts";
import { changeWith, isRecorded, recordWhere } from "./record-with.ts";
import { revokeApiKeys } from "./revoke-api-keys.ts";
import { accounts, passwords, recoveryCodes, secondFactors, sessions } from "./schema.ts";

/**
 * One transaction, decided by its first statements: each part's event is written down for a target alone, and
 * where the part changes something. Sessions end, and keys go, before the role is another, by which it is known
 * to be higher.
 */
export async function changeAccount(
  db: Database,
  target: Target,
  told: readonly ToldChange[],
  keyRevoked: AuditEvent,
): Promise<ShutOut | null> {
  const change: AccountChange = Object.assign({}, ...told.map((part) => part.change));
  const { disabled, role } = change;
  const takesAway = disabled === true || (role !== undefined && role !== "superadmin");
  const [first] = told;
  if (!first) {
    throw new Error("a change of which nobody tells");
  }
  const { accountId } = target;
  const { at: now } = first.event;
  const hasWon = or(...told.map(({ event }) => isRecorded(event)));
  const isDisabled = told.flatMap((part) => (part.change.disabled ? [isRecorded(part.event)] : []));
  const isPromoted = told.flatMap((part) => isPromotedBy(db, accountId, part));
  const endsWhere = or(...isDisabled, ...isPromoted);
  const revokesWhere = or(...isPromoted);
  const { recorded, signedOut, revoked } = await namedBatch(db, {
    recorded: told.map((part) =>
      recordWhere(
        db,
        part.event,
        isTarget(target, { keepsSuperadmin: takesAway, and: differs(part.change) }),
      ),
    ),
    signedOut: endsWhere ? signOut(db, accountId, now, endsWhere) : [],
    revoked: revokesWhere ? revokeApiKeys(db, keyRevoked, revokesWhere) : [],
    changed: db
      .update(accounts)
      .set(columnsOf(change, now))
      .where(and(eq(accounts.id, accountId), hasWon)),
  });
  const [ended] = signedOut;
  const [, keys] = revoked;
  return recorded.some((events) => events.length > 0)
    ? { endedCount: ended?.length ?? 0, revokedKeyCount: keys?.length ?? 0 }
    : null;
}

/** Of an account that it is not yet, in something, as a change has it. */
function differs({ disabled, role, zapier, mustResetPassword, name }: AccountChange) {
  return or(
    disabled === true ? isNull(accounts.disabledAt) : undefined,
    disabled === false ? isNotNull(accounts.disabledAt) : undefined,
    role && ne(accounts.role, role),
    zapier === undefined ? undefined : ne(accounts.zapier, zapier),
    mustResetPassword === undefined ? undefined : ne(accounts.mustResetPassword, mustResetPassword),
    // An account that was made by a mailed code has none yet.
    name && sql`${accounts.name} IS NOT ${name.name}`,
  );
}

/** That a part was made which gives a higher role than the account has until then. */
function isPromotedBy(
  db: Database,
  accountId: string,
  { change: { role = "user" }, event }: ToldChange,
): SQL[] {
  const lower = rolesBelow(role);
  return lower.length === 0 ? [] : [sql`(${isRecorded(event)} AND ${isOf(db, accountId, lower)})`];
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
): Promise<boolean> {
  const { accountId } = target;
  const isOn = and(eq(secondFactors.accountId, accountId), isNotNull(secondFactors.confirmedAt));
  return changeWith(
    db,
    event,
    isTarget(target, {
      keepsSuperadmin: false,
      and: exists(db.select({ one: sql`1` }).from(secondFactors).where(isOn)),
    }),
    ...[recoveryCodes, secondFactors].map((table) =>
      db.delete(table).where(and(eq(table.accountId, accountId), isRecorded(event))),
    ),
    ...signOut(db, accountId, event.at, isRecorded(event)),
  );
}

/** Its sessions end; what was approved and not redeemed yet is void. */
function signOut(db: Database, accountId: string, now: Date, condition: SQL) {
  return [
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt), condition))
      .returning({ id: sessions.id }),
    db
      .update(passwords)
      .set({ changedAt: sql`max(${passwords.changedAt}, ${now.getTime()})` })
      .where(and(eq(passwords.accountId, accountId), condition)),
  ] as const;
}

import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { FirstProof } from "../../core/account/first-proof.ts";
import type { Opening } from "../../core/session/session.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { makeRoom } from "./make-room.ts";
import { recordOpening } from "./record-opening.ts";
import { recordVerified } from "./record-verified.ts";
import { accounts, passwords, sessions } from "./schema.ts";
import { sessionRow } from "./session-row.ts";
import { hasNoSecondFactor, isSpentOn } from "./spend-second-factor.ts";
import { takeFromUnproved } from "./take-from-unproved.ts";

/**
 * A session's row, where everything holds that its opening expects, and then what follows from it where
 * it was opened.
 */
export function openingStatements(db: Database, opening: Opening) {
  return [opened(db, opening), ...consequences(db, opening)] as const;
}

function opened(db: Database, opening: Opening) {
  return db
    .insert(sessions)
    .select(sessionRow(opening.session, sql.join(conditions(opening), sql` AND `)))
    .onConflictDoNothing()
    .returning({ number: sessions.number });
}

function conditions({ session, by, ...opening }: Opening): SQL[] {
  const { passwordChangedAt, secondFactor } = opening;
  const { accountId } = session;
  const hasPassword = (changedAt: Date) => sql`EXISTS (SELECT 1 FROM ${passwords}
    WHERE ${eq(passwords.accountId, accountId)} AND ${eq(passwords.changedAt, changedAt)})`;
  return [
    sql`true`,
    ...(passwordChangedAt ? [hasPassword(passwordChangedAt)] : []),
    ...(secondFactor === "absent" ? [hasNoSecondFactor(accountId)] : []),
    ...(typeof secondFactor === "object" ? [isSpentOn(accountId, secondFactor, session.id)] : []),
    ...(by ? [isStillIn(by)] : []),
  ];
}

function consequences(db: Database, opening: Opening) {
  const { session, limit, firstProof, auditEvent } = opening;
  // Now, and not by an earlier use of the same challenge.
  const wasOpened = sql`EXISTS (SELECT 1 FROM ${sessions}
    WHERE ${eq(sessions.id, session.id)} AND ${eq(sessions.createdAt, session.createdAt)})`;
  return [
    ...(limit ? [makeRoom(db, session, limit, wasOpened)] : []),
    ...(firstProof ? proveEmail(db, opening, firstProof, wasOpened) : []),
    recordOpening(db, session, auditEvent, wasOpened),
  ];
}

/**
 * The address counts as verified. Where it did not before, what others made of the account ends, with
 * the password: its owner is in without it, and whoever else knows it would come back.
 */
function proveEmail(
  db: Database,
  { session }: Opening,
  { verified, keyRevoked }: FirstProof,
  wasOpened: SQL,
) {
  const { id: keepSessionId, accountId, createdAt: now } = session;
  const wasUnverified = sql`EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${eq(accounts.id, accountId)} AND ${accounts.emailVerifiedAt} IS NULL)`;
  const condition = sql`${wasUnverified} AND ${wasOpened}`;
  return [
    ...takeFromUnproved(db, { keyRevoked, keepSessionId, withPassword: true, condition, now }),
    recordVerified(db, verified, wasOpened),
    db
      .update(accounts)
      .set({ emailVerifiedAt: now })
      .where(and(eq(accounts.id, accountId), isNull(accounts.emailVerifiedAt), wasOpened)),
  ];
}

import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { AuditEventName } from "../../core/audit/audit-log.ts";
import type { Opening, Session } from "../../core/session/session.ts";
import type { Database } from "./database.ts";
import { insertAccount, isFirstOf } from "./insert-account.ts";
import { makeRoom } from "./make-room.ts";
import { accounts, auditEvents, passwords, secondFactors, sessions } from "./schema.ts";
import { sessionRow } from "./session-row.ts";
import { isSpentOn, spendSecondFactor } from "./spend-second-factor.ts";
import { takeFromUnproved } from "./take-from-unproved.ts";
import { valuesOf } from "./values-of.ts";

/**
 * One transaction: a new account is made, a second factor is spent on the session, the session is
 * opened where that and everything else holds, and what follows from it applies only where it was
 * opened.
 */
export async function openSession(
  db: Database,
  opening: Opening,
): Promise<Session | "opened before" | null> {
  const { session } = opening;
  const earlier = db.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, session.id));
  const opened = db
    .insert(sessions)
    .select(sessionRow(session, sql.join(conditions(opening), sql` AND `)))
    .onConflictDoNothing()
    .returning({ number: sessions.number });
  const preparations = [...making(db, opening), ...spending(db, opening)];
  const results: unknown[] = await db.batch([
    earlier,
    ...preparations,
    opened,
    ...consequences(db, opening),
  ]);
  const [before] = results[0] as Awaited<typeof earlier>;
  const [row] = results[1 + preparations.length] as Awaited<typeof opened>;
  if (before) {
    return "opened before";
  }
  return row ? { ...session, number: row.number } : null;
}

/** Where the account is not made, there is none for the session either. */
function making(db: Database, { makes }: Opening): BatchItem<"sqlite">[] {
  if (!makes) {
    return [];
  }
  const { account, passwordHash, mustBeFirst } = makes;
  const condition = mustBeFirst ? isFirstOf(account) : undefined;
  return [...insertAccount(db, account, passwordHash, condition)];
}

/** Nothing is spent on a session that was opened before. */
function spending(db: Database, { session, secondFactor }: Opening): BatchItem<"sqlite">[] {
  if (typeof secondFactor === "string") {
    return [];
  }
  const isNew = sql`NOT EXISTS (SELECT 1 FROM ${sessions} WHERE ${eq(sessions.id, session.id)})`;
  return [spendSecondFactor(db, session.accountId, secondFactor, session.id, isNew)];
}

function conditions({ session, passwordChangedAt, secondFactor }: Opening): SQL[] {
  const { accountId } = session;
  const hasPassword = (changedAt: Date) => sql`EXISTS (SELECT 1 FROM ${passwords}
    WHERE ${eq(passwords.accountId, accountId)} AND ${eq(passwords.changedAt, changedAt)})`;
  const hasNoSecondFactor = sql`NOT EXISTS (SELECT 1 FROM ${secondFactors}
    WHERE ${eq(secondFactors.accountId, accountId)} AND ${secondFactors.confirmedAt} IS NOT NULL)`;
  return [
    sql`true`,
    ...(passwordChangedAt ? [hasPassword(passwordChangedAt)] : []),
    ...(secondFactor === "absent" ? [hasNoSecondFactor] : []),
    ...(typeof secondFactor === "object" ? [isSpentOn(accountId, secondFactor, session.id)] : []),
  ];
}

function consequences(db: Database, opening: Opening): BatchItem<"sqlite">[] {
  const { session, limit, provesEmail, auditEvent } = opening;
  // Now, and not by an earlier use of the same challenge.
  const wasOpened = sql`EXISTS (SELECT 1 FROM ${sessions}
    WHERE ${eq(sessions.id, session.id)} AND ${eq(sessions.createdAt, session.createdAt)})`;
  return [
    ...(limit ? [makeRoom(db, session, limit, wasOpened)] : []),
    ...(provesEmail ? proveEmail(db, opening, wasOpened) : []),
    audit(db, opening, auditEvent, wasOpened),
  ];
}

/** The address counts as verified. Where it did not before, what others made of the account ends. */
function proveEmail(db: Database, { session }: Opening, wasOpened: SQL) {
  const { id: keepSessionId, accountId, createdAt: now } = session;
  const wasUnverified = sql`EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${eq(accounts.id, accountId)} AND ${accounts.emailVerifiedAt} IS NULL)`;
  const condition = sql`${wasUnverified} AND ${wasOpened}`;
  return [
    ...takeFromUnproved(db, { accountId, keepSessionId, condition, now }),
    db
      .update(accounts)
      .set({ emailVerifiedAt: now })
      .where(and(eq(accounts.id, accountId), isNull(accounts.emailVerifiedAt), wasOpened)),
  ];
}

function audit(db: Database, { session }: Opening, event: AuditEventName, wasOpened: SQL) {
  const row = {
    // The event of a session is named after it: it is told once.
    id: session.id,
    tenantId: session.tenantId,
    event,
    actorId: session.actorId ?? session.accountId,
    accountId: session.accountId,
    sessionId: session.id,
    clientId: session.clientId,
    subject: null,
    address: session.address,
    city: session.city,
    country: session.country,
    userAgent: session.userAgent,
    at: session.createdAt,
  };
  return db
    .insert(auditEvents)
    .select(sql`SELECT ${valuesOf(auditEvents, row)} WHERE ${wasOpened}`)
    .onConflictDoNothing();
}

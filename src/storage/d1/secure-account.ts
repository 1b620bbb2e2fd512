import { and, eq, gte, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Accounts } from "../../core/account/accounts.ts";
import type { Database } from "./database.ts";
import { firstIdOf } from "./first-id-of.ts";
import { areMadeBy } from "./keys-made-by.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import {
  accounts,
  auditEvents,
  emailChanges,
  keys,
  passkeys,
  passwords,
  recoveryCodes,
  secondFactors,
  sessions,
} from "./schema.ts";

type Securing = Parameters<Accounts["secure"]>[0];

/**
 * One transaction, decided by its first statement: that the account was secured is written down, unless
 * the link is spent or its address is not the account's to have. The others apply only where that won.
 */
export async function secureAccount(db: Database, securing: Securing): Promise<boolean> {
  const { event, since } = securing;
  const { accountId } = event;
  const hasWon = isRecorded(event);
  const [secured] = await db.batch([
    recordWhere(db, event, mayBeSecured(securing)),
    ...restoreAddress(db, securing, hasWon),
    ...shutOut(db, securing, hasWon),
    db
      .delete(passkeys)
      .where(and(eq(passkeys.accountId, accountId), gte(passkeys.createdAt, since), hasWon)),
    db
      .delete(keys)
      .where(and(areMadeBy(db, accountId, ["api", "service"]), gte(keys.createdAt, since), hasWon)),
    ...takeBackSecondFactor(db, securing, hasWon),
  ]);
  return secured.length > 0;
}

/**
 * The account has the address that the link went to, or gave it up since and nobody else has it. Not
 * where a link to the same address was used after what this one told of: that undid it too. One that
 * went elsewhere does not count, or whoever took the account could use up its owner's.
 */
function mayBeSecured({ email, at, event, since }: Securing): SQL {
  const { accountId, tenantId } = event;
  const hasAddress = and(eq(accounts.id, accountId), eq(accounts.email, email));
  const gaveUpAddress = and(
    eq(emailChanges.accountId, accountId),
    eq(emailChanges.fromEmail, email),
    gte(emailChanges.changedAt, since),
  );
  const isTaken = and(eq(accounts.tenantId, tenantId), eq(accounts.email, email));
  const wasUsed = and(
    eq(auditEvents.accountId, accountId),
    eq(auditEvents.event, "account-secured"),
    eq(auditEvents.subject, email),
    gte(auditEvents.id, firstIdOf(at)),
  );
  return sql`(EXISTS (SELECT 1 FROM ${accounts} WHERE ${hasAddress})
      OR (EXISTS (SELECT 1 FROM ${emailChanges} WHERE ${gaveUpAddress})
        AND NOT EXISTS (SELECT 1 FROM ${accounts} WHERE ${isTaken})))
    AND NOT EXISTS (SELECT 1 FROM ${auditEvents} WHERE ${wasUsed})`;
}

/**
 * With the address go the changes from the one that gave it up, and every open request. Earlier ones
 * stay, since they are somebody else's to undo: whoever took the account has links of their own.
 */
function restoreAddress(db: Database, { email, event, verified, since }: Securing, hasWon: SQL) {
  const { accountId, at: now } = event;
  const givenUpAt = sql`(SELECT min(given_up.changed_at) FROM ${emailChanges} AS given_up
    WHERE given_up.account_id = ${accountId} AND given_up.from_email = ${email}
    AND given_up.changed_at >= ${since.getTime()})`;
  const hasAnother = and(eq(accounts.id, accountId), ne(accounts.email, email), hasWon);
  const isUndone = or(isNull(emailChanges.changedAt), gte(emailChanges.changedAt, givenUpAt));
  return [
    recordWhere(db, verified, sql`EXISTS (SELECT 1 FROM ${accounts} WHERE ${hasAnother})`),
    db.update(accounts).set({ email, emailVerifiedAt: now, updatedAt: now }).where(hasAnother),
    db.delete(emailChanges).where(and(eq(emailChanges.accountId, accountId), isUndone, hasWon)),
  ] as const;
}

/** Sessions end, what was approved is older than the password now, and that has to be set anew. */
function shutOut(db: Database, { event: { accountId, at: now } }: Securing, hasWon: SQL) {
  const resetLinkNumber = sql`${passwords.resetLinkNumber} + 1`;
  return [
    db
      .update(passwords)
      .set({ hash: null, changedAt: now, resetLinkNumber })
      .where(and(eq(passwords.accountId, accountId), hasWon)),
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt), hasWon)),
  ] as const;
}

/** A factor that is older stays; recovery codes that somebody made for it since do not. */
function takeBackSecondFactor(db: Database, { event, since }: Securing, hasWon: SQL) {
  const { accountId } = event;
  const isYoung = and(
    eq(secondFactors.accountId, accountId),
    or(isNull(secondFactors.confirmedAt), gte(secondFactors.confirmedAt, since)),
  );
  const wereReplaced = and(
    eq(auditEvents.accountId, accountId),
    eq(auditEvents.event, "recovery-codes-replaced"),
    gte(auditEvents.id, firstIdOf(since)),
  );
  const areYoung = sql`(EXISTS (SELECT 1 FROM ${secondFactors} WHERE ${isYoung})
    OR EXISTS (SELECT 1 FROM ${auditEvents} WHERE ${wereReplaced}))`;
  return [
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, accountId), areYoung, hasWon)),
    db.delete(secondFactors).where(and(isYoung, hasWon)),
  ] as const;
}

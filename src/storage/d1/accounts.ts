import { and, eq, exists, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Account } from "../../core/account/account.ts";
import type { Accounts, NewAccount } from "../../core/account/accounts.ts";
import { accountColumns } from "./account-columns.ts";
import type { Database } from "./database.ts";
import { accountCredentials } from "./find-credentials.ts";
import { insertAccount } from "./insert-account.ts";
import { isStillIn } from "./is-still-in.ts";
import { namedBatch } from "./named-batch.ts";
import { recordVerified } from "./record-verified.ts";
import { isRecorded } from "./record-with.ts";
import { revokeApiKeys } from "./revoke-api-keys.ts";
import { accounts, addressProofs, passwords, sessions } from "./schema.ts";
import { secureAccount } from "./secure-account.ts";
import { findSignInMeans } from "./sign-in-means.ts";
import { hasNoSecondFactor, isSpentOn, spendSecondFactor } from "./spend-second-factor.ts";
import { turnOffUnproved } from "./turn-off-unproved.ts";

/** Accounts and their passwords in D1. */
export function d1Accounts(db: Database): Accounts {
  return {
    insert: (made) => insert(db, made),

    async findByEmail(tenantId, email) {
      const [found] = await db.select(accountColumns).from(accounts).where(at(tenantId, email));
      return found ?? null;
    },

    ...accountCredentials(db),

    findSignInMeans: (accountId, now) => findSignInMeans(db, accountId, now),

    async findUnverified(tenantId, email) {
      const [found] = await db
        .select({ account: accountColumns, linkNumber: passwords.resetLinkNumber })
        .from(accounts)
        .innerJoin(passwords, eq(passwords.accountId, accounts.id))
        .where(and(at(tenantId, email), isNull(accounts.emailVerifiedAt)));
      return found ?? null;
    },

    verifyEmail: (link) => verifyEmail(db, link),
    numberResetLink: (tenantId, email) => numberResetLink(db, tenantId, email),
    resetPassword: (reset) => resetPassword(db, reset),
    changePassword: (change) => changePassword(db, change),
    secure: (link) => secureAccount(db, link),

    async rehashPassword(accountId, oldHash, newHash) {
      await db
        .update(passwords)
        .set({ hash: newHash })
        .where(and(eq(passwords.accountId, accountId), eq(passwords.hash, oldHash)));
    },

    updateProfile: (accountId, change, by) => updateProfile(db, accountId, change, by),
  };
}

function at(tenantId: string, email: string) {
  return and(eq(accounts.tenantId, tenantId), eq(accounts.email, email));
}

/**
 * Where the account is not ours, the time of a row moves that is soon removed: to commit what was written
 * takes longer than to commit nothing, and would tell that an address is taken.
 */
async function insert(db: Database, made: NewAccount): Promise<boolean> {
  const { id, tenantId, email, createdAt } = made.account;
  const [inserted] = await db.batch([
    ...insertAccount(db, made),
    db
      .insert(addressProofs)
      .select(sql`
        SELECT ${tenantId}, ${email}, 0, ${createdAt.getTime()}, NULL
        WHERE NOT EXISTS (SELECT 1 FROM ${accounts} WHERE ${accounts.id} = ${id})`)
      .onConflictDoUpdate({
        target: [addressProofs.tenantId, addressProofs.email],
        set: { linkedAt: createdAt },
      }),
  ]);
  return inserted.length > 0;
}

/** Decided by the event, which is written down where the link is the newest and all else holds. */
async function verifyEmail(
  db: Database,
  { email, linkNumber, event }: Parameters<Accounts["verifyEmail"]>[0],
): Promise<boolean> {
  const { accountId, at: now } = event;
  const isNewest = sql`EXISTS (SELECT 1 FROM ${passwords}
    WHERE ${eq(passwords.accountId, accountId)} AND ${eq(passwords.resetLinkNumber, linkNumber)})`;
  const [recorded] = await db.batch([
    recordVerified(db, event, and(eq(accounts.email, email), isNewest)),
    db
      .update(accounts)
      .set({ emailVerifiedAt: now })
      .where(and(eq(accounts.id, accountId), isRecorded(event))),
  ]);
  return recorded.length > 0;
}

async function numberResetLink(db: Database, tenantId: string, email: string) {
  const owner = and(at(tenantId, email), isNull(accounts.disabledAt));
  const [numbered, [account]] = await db.batch([
    db
      .update(passwords)
      .set({ resetLinkNumber: sql`${passwords.resetLinkNumber} + 1` })
      .where(eq(passwords.accountId, sql`(SELECT ${accounts.id} FROM ${accounts} WHERE ${owner})`))
      .returning({ linkNumber: passwords.resetLinkNumber, hash: passwords.hash }),
    db.select(accountColumns).from(accounts).where(owner),
  ]);
  const [link] = numbered;
  return account && link
    ? { account, linkNumber: link.linkNumber, hasPassword: link.hash !== null }
    : null;
}

/**
 * One transaction, decided by its first statement: the link's number is compared and moved on while
 * the password is stored. The others apply only where that won.
 */
async function resetPassword(
  db: Database,
  reset: Parameters<Accounts["resetPassword"]>[0],
): ReturnType<Accounts["resetPassword"]> {
  const { accountId, linkNumber, passwordHash, now, firstProof, secondFactorOff } = reset;
  const won = hasHash(db, accountId, passwordHash);
  const wasUnverified = sql`EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${accounts.id} = ${accountId} AND ${accounts.emailVerifiedAt} IS NULL)`;
  const {
    turnedOff: [turnedOff],
    revoked: [, revoked],
    proved,
    changed: [account],
  } = await namedBatch(db, {
    stored: db
      .update(passwords)
      .set({ hash: passwordHash, changedAt: now, resetLinkNumber: linkNumber + 1 })
      .where(
        and(
          eq(passwords.accountId, accountId),
          eq(passwords.resetLinkNumber, linkNumber),
          isEnabled(accountId),
        ),
      ),
    turnedOff: turnOffUnproved(db, secondFactorOff, won),
    // Whoever made keys before the address was proved may not be its owner.
    revoked: revokeApiKeys(db, firstProof.keyRevoked, sql`${wasUnverified} AND ${won}`),
    proved: recordVerified(db, firstProof.verified, won),
    changed: db
      .update(accounts)
      .set({
        emailVerifiedAt: sql`coalesce(${accounts.emailVerifiedAt}, ${now.getTime()})`,
        mustResetPassword: false,
      })
      .where(and(eq(accounts.id, accountId), won))
      .returning(accountColumns),
    ended: endSessions(db, accountId, won, now),
  });
  return account
    ? {
        account,
        isNewlyProved: proved.length > 0,
        revokedKeyCount: revoked.length,
        isSecondFactorOff: turnedOff.length > 0,
      }
    : null;
}

/**
 * The same, decided by the hash that is expected, the session that asks and the second factor that is
 * spent on it. Links mailed before go on working: who only knows the password could else shut out who reads the mailbox, again
 * and again.
 */
async function changePassword(
  db: Database,
  change: Parameters<Accounts["changePassword"]>[0],
): Promise<boolean> {
  const { accountId, expectedHash, passwordHash, secondFactor, by, now } = change;
  const won = hasHash(db, accountId, passwordHash);
  const others = by ? and(won, ne(sessions.id, by.sessionId)) : won;
  const isExpected = and(
    eq(passwords.accountId, accountId),
    expectedHash === null ? isNull(passwords.hash) : eq(passwords.hash, expectedHash),
    isEnabled(accountId),
    isStillIn(by),
    // A password alone, without a session, is enough only while nothing more is asked for.
    by || secondFactor ? undefined : hasNoSecondFactor(accountId),
  );
  const store = (condition?: SQL) =>
    db
      .update(passwords)
      .set({ hash: passwordHash, changedAt: now })
      .where(and(isExpected, condition))
      .returning({ accountId: passwords.accountId });
  const consequences = [
    db
      .update(accounts)
      .set({ mustResetPassword: false })
      .where(and(eq(accounts.id, accountId), won)),
    endSessions(db, accountId, others, now),
  ] as const;
  if (!secondFactor) {
    const [changed] = await db.batch([store(), ...consequences]);
    return changed.length > 0;
  }
  const { proof, spentOn } = secondFactor;
  const isGood = sql`EXISTS (SELECT 1 FROM ${passwords} WHERE ${isExpected})`;
  const [, changed] = await db.batch([
    spendSecondFactor(db, accountId, proof, spentOn, isGood),
    store(isSpentOn(accountId, proof, spentOn)),
    ...consequences,
  ]);
  return changed.length > 0;
}

/** True in the transaction that stored this hash: its salt is fresh. */
function hasHash(db: Database, accountId: string, hash: string): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(passwords)
      .where(and(eq(passwords.accountId, accountId), eq(passwords.hash, hash))),
  );
}

function isEnabled(accountId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${accounts.id} = ${accountId} AND ${accounts.disabledAt} IS NULL)`;
}

function endSessions(db: Database, accountId: string, condition: SQL | undefined, now: Date) {
  return db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt), condition));
}

async function updateProfile(
  db: Database,
  accountId: string,
  { name, profile, now }: Parameters<Accounts["updateProfile"]>[1],
  by: Parameters<Accounts["updateProfile"]>[2],
): Promise<Account | null> {
  const [account] = await db
    .update(accounts)
    .set({
      ...name,
      // Merged by the store (RFC 7396), so that two who change different fields both do.
      ...(profile && {
        profile: sql`json_patch(${accounts.profile}, ${JSON.stringify(profile)})`,
      }),
      updatedAt: now,
    })
    .where(and(eq(accounts.id, accountId), isStillIn(by)))
    .returning(accountColumns);
  return account ?? null;
}

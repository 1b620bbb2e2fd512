import { and, eq, exists, getTableColumns, isNull, sql } from "drizzle-orm";
import type { Account } from "../../core/account/account.ts";
import type { Accounts } from "../../core/ports.ts";
import type { Database } from "./database.ts";
import { accounts, passwords, sessions } from "./schema.ts";

const { disabledAt: _, ...accountColumns } = getTableColumns(accounts);

/** Accounts and their passwords in D1. */
export function d1Accounts(db: Database): Accounts {
  return {
    insert: (account, passwordHash) => insert(db, account, passwordHash),

    async findByEmail(tenantId, email) {
      const [found] = await db.select(accountColumns).from(accounts).where(at(tenantId, email));
      return found ?? null;
    },

    async findCredentials(tenantId, email) {
      const [row] = await db
        .select({ account: accountColumns, disabledAt: accounts.disabledAt, password: passwords })
        .from(accounts)
        .innerJoin(passwords, eq(passwords.accountId, accounts.id))
        .where(at(tenantId, email));
      return (
        (row && {
          account: row.account,
          passwordHash: row.password.hash,
          passwordChangedAt: row.password.changedAt,
          disabled: row.disabledAt !== null,
        }) ??
        null
      );
    },

    async findUnverified(tenantId, email) {
      const [found] = await db
        .select({ account: accountColumns, linkNumber: passwords.resetLinkNumber })
        .from(accounts)
        .innerJoin(passwords, eq(passwords.accountId, accounts.id))
        .where(and(at(tenantId, email), isNull(accounts.emailVerifiedAt)));
      return found ?? null;
    },

    async verifyEmail({ accountId, email, linkNumber, now }) {
      const isNewest = sql`EXISTS (SELECT 1 FROM ${passwords}
        WHERE ${eq(passwords.accountId, accountId)} AND ${eq(passwords.resetLinkNumber, linkNumber)})`;
      const verified = await db
        .update(accounts)
        .set({ emailVerifiedAt: now })
        .where(
          and(
            eq(accounts.id, accountId),
            eq(accounts.email, email),
            isNull(accounts.emailVerifiedAt),
            isNewest,
          ),
        )
        .returning({ id: accounts.id });
      return verified.length > 0;
    },

    numberResetLink: (tenantId, email) => numberResetLink(db, tenantId, email),
    resetPassword: (reset) => resetPassword(db, reset),

    async rehashPassword(accountId, oldHash, newHash) {
      await db
        .update(passwords)
        .set({ hash: newHash })
        .where(and(eq(passwords.accountId, accountId), eq(passwords.hash, oldHash)));
    },
  };
}

function at(tenantId: string, email: string) {
  return and(eq(accounts.tenantId, tenantId), eq(accounts.email, email));
}

/** The password follows the account in one transaction, and only where the account is ours. */
async function insert(db: Database, account: Account, passwordHash: string): Promise<boolean> {
  const { id, createdAt } = account;
  const [inserted] = await db.batch([
    db.insert(accounts).values(account).onConflictDoNothing().returning({ id: accounts.id }),
    db.insert(passwords).select(sql`
      SELECT ${accounts.id}, ${passwordHash}, ${createdAt.getTime()}, 0 FROM ${accounts}
      WHERE ${accounts.id} = ${id}`),
  ]);
  return inserted.length > 0;
}

async function numberResetLink(db: Database, tenantId: string, email: string) {
  const owner = and(at(tenantId, email), isNull(accounts.disabledAt));
  const [numbered, [account]] = await db.batch([
    db
      .update(passwords)
      .set({ resetLinkNumber: sql`${passwords.resetLinkNumber} + 1` })
      .where(eq(passwords.accountId, sql`(SELECT ${accounts.id} FROM ${accounts} WHERE ${owner})`))
      .returning({ linkNumber: passwords.resetLinkNumber }),
    db.select(accountColumns).from(accounts).where(owner),
  ]);
  const linkNumber = numbered[0]?.linkNumber;
  return account && linkNumber !== undefined ? { account, linkNumber } : null;
}

/**
 * One transaction, decided by its first statement: the link's number is compared and moved on while
 * the password is stored. The others apply only where the stored hash, whose salt is fresh, is the
 * one just written.
 */
async function resetPassword(
  db: Database,
  { accountId, linkNumber, passwordHash, now }: Parameters<Accounts["resetPassword"]>[0],
): Promise<Account | null> {
  const won = exists(
    db
      .select({ one: sql`1` })
      .from(passwords)
      .where(and(eq(passwords.accountId, accountId), eq(passwords.hash, passwordHash))),
  );
  const enabled = sql`EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${accounts.id} = ${accountId} AND ${accounts.disabledAt} IS NULL)`;
  const [, account] = await db.batch([
    db
      .update(passwords)
      .set({ hash: passwordHash, changedAt: now, resetLinkNumber: linkNumber + 1 })
      .where(
        and(eq(passwords.accountId, accountId), eq(passwords.resetLinkNumber, linkNumber), enabled),
      ),
    db
      .update(accounts)
      .set({ emailVerifiedAt: sql`coalesce(${accounts.emailVerifiedAt}, ${now.getTime()})` })
      .where(and(eq(accounts.id, accountId), won))
      .returning(accountColumns),
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt), won)),
  ]);
  return account[0] ?? null;
}

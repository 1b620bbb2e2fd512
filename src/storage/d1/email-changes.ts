import { and, desc, eq, gte, isNull, lte, not, type SQL, sql } from "drizzle-orm";
import type {
  ConfirmedEmailChange,
  EmailChange,
  EmailChanges,
} from "../../core/account/email-changes.ts";
import { accountColumns } from "./account-columns.ts";
import type { Database } from "./database.ts";
import { isReserved, wasTakenLately } from "./is-reserved.ts";
import { isStillIn } from "./is-still-in.ts";
import { namedBatch } from "./named-batch.ts";
import { recordWhere } from "./record-with.ts";
import { accounts, emailChanges, passwords } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** Changes of address in D1. A request is spent by the write that says when it was confirmed. */
export function d1EmailChanges(db: Database): EmailChanges {
  return {
    async request(change, { fromEmail, now }, by) {
      const row = { ...change, fromEmail, requestedAt: now, changedAt: null };
      const kept = await db
        .insert(emailChanges)
        .select(sql`SELECT ${valuesOf(emailChanges, row)} WHERE ${isStillIn(by)}`)
        .returning({ id: emailChanges.id });
      return kept.length > 0;
    },

    async look(change, now) {
      const [found] = await db
        .select({ isFree: isFree(change, now).mapWith(Boolean) })
        .from(emailChanges)
        .where(isOpen(change));
      return found ?? null;
    },

    confirm: (change, confirmation) => confirm(db, change, confirmation),

    async findReservation(tenantId, email, now) {
      const [found] = await db
        .select({ accountId: emailChanges.accountId, changedAt: emailChanges.changedAt })
        .from(emailChanges)
        .where(and(wasTakenLately(tenantId, email, now), not(hasAccount(tenantId, email))))
        .orderBy(desc(emailChanges.changedAt))
        .limit(1);
      return found?.changedAt ? { accountId: found.accountId, changedAt: found.changedAt } : null;
    },
  };
}

/**
 * One transaction, decided by its first statement: the request is spent where everything holds. The
 * others apply only where that won, which the account's new address and the time of it say.
 */
async function confirm(
  db: Database,
  change: EmailChange,
  { since, verified, by }: Parameters<EmailChanges["confirm"]>[1],
): Promise<ConfirmedEmailChange | null> {
  const { id, accountId, toEmail } = change;
  const { at: now } = verified;
  const isSpentNow = and(eq(emailChanges.id, id), eq(emailChanges.changedAt, now));
  const hasWon = sql`EXISTS (SELECT 1 FROM ${emailChanges} WHERE ${isSpentNow})`;
  const isChangedNow = and(
    eq(accounts.id, accountId),
    eq(accounts.email, toEmail),
    eq(accounts.updatedAt, now),
  );
  const {
    spent: [spent],
    unproved,
    proved: [account],
  } = await namedBatch(db, {
    spent: db
      .update(emailChanges)
      .set({ changedAt: now })
      .where(
        and(
          isOpen(change),
          gte(emailChanges.requestedAt, since),
          isFree(change, now),
          isStillIn(by),
        ),
      )
      .returning({ fromEmail: emailChanges.fromEmail }),
    recorded: recordWhere(db, verified, hasWon),
    moved: db
      .update(accounts)
      .set({ email: toEmail, updatedAt: now })
      .where(and(eq(accounts.id, accountId), hasWon)),
    linksVoided: db
      .update(passwords)
      .set({ resetLinkNumber: sql`${passwords.resetLinkNumber} + 1` })
      .where(and(eq(passwords.accountId, accountId), hasWon)),
    // An address that was never proved is kept for nobody, or a stranger could have it locked up.
    unproved: db
      .delete(emailChanges)
      .where(
        and(
          isSpentNow,
          sql`EXISTS (SELECT 1 FROM ${accounts}
            WHERE ${and(isChangedNow, isNull(accounts.emailVerifiedAt))})`,
        ),
      )
      .returning({ id: emailChanges.id }),
    proved: db
      .update(accounts)
      .set({ emailVerifiedAt: now })
      .where(isChangedNow)
      .returning(accountColumns),
  });
  return spent && account
    ? { account, formerEmail: unproved.length > 0 ? null : spent.fromEmail }
    : null;
}

/**
 * The account's newest request, not confirmed yet, while the account has the address it was made at.
 * Whatever voids what was begun voids it too: whoever asked may have been thrown out since.
 */
function isOpen({ id, accountId }: EmailChange): SQL | undefined {
  return and(
    eq(emailChanges.id, id),
    isNull(emailChanges.changedAt),
    // By the order in which they were made: an id is as new as its millisecond alone.
    sql`NOT EXISTS (SELECT 1 FROM ${emailChanges} AS newer
      WHERE newer.account_id = ${accountId} AND newer.rowid > ${emailChanges}.rowid)`,
    sql`EXISTS (SELECT 1 FROM ${accounts} WHERE ${and(
      eq(accounts.id, accountId),
      eq(accounts.email, emailChanges.fromEmail),
      isNull(accounts.disabledAt),
    )})`,
    sql`EXISTS (SELECT 1 FROM ${passwords} WHERE ${and(
      eq(passwords.accountId, accountId),
      lte(passwords.changedAt, emailChanges.requestedAt),
    )})`,
  );
}

function isFree({ tenantId, accountId, toEmail }: EmailChange, now: Date): SQL {
  const isKept = isReserved(tenantId, toEmail, now, accountId);
  return sql`(NOT ${hasAccount(tenantId, toEmail)} AND NOT ${isKept})`;
}

function hasAccount(tenantId: string, email: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${and(eq(accounts.tenantId, tenantId), eq(accounts.email, email))})`;
}

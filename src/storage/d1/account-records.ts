import { and, asc, eq, gt, gte, lt } from "drizzle-orm";
import type { AccountRecords } from "../../core/admin/account-records.ts";
import { accountColumns } from "./account-columns.ts";
import { changeAccount, endAllSessions, removeFactor } from "./change-account.ts";
import type { Database } from "./database.ts";
import { insertAccount } from "./insert-account.ts";
import { isStillIn } from "./is-still-in.ts";
import { removeAccount } from "./remove-account.ts";
import { accounts, passwords, secondFactors } from "./schema.ts";
import { signInMeansColumns } from "./sign-in-means.ts";

/** Comes after every text that begins with what stands before it: no character is higher. */
const LAST = "\u{10FFFF}";

const recordColumns = { ...accountColumns, disabledAt: accounts.disabledAt };

/** Accounts as administrators see and change them, in D1. */
export function d1AccountRecords(db: Database): AccountRecords {
  return {
    search: (tenantId, { emailPrefix, afterEmail, most }) =>
      db
        .select(recordColumns)
        .from(accounts)
        .where(
          and(
            eq(accounts.tenantId, tenantId),
            afterEmail !== null && afterEmail >= emailPrefix
              ? gt(accounts.email, afterEmail)
              : gte(accounts.email, emailPrefix),
            lt(accounts.email, emailPrefix + LAST),
          ),
        )
        .orderBy(asc(accounts.email))
        .limit(most),

    async find(tenantId, accountId) {
      const [found] = await db
        .select({ ...recordColumns, means: signInMeansColumns(db, accountId) })
        .from(accounts)
        .innerJoin(passwords, eq(passwords.accountId, accounts.id))
        .leftJoin(secondFactors, eq(secondFactors.accountId, accounts.id))
        .where(and(eq(accounts.id, accountId), eq(accounts.tenantId, tenantId)));
      return found ?? null;
    },

    async insert(account, event) {
      const made = { account, passwordHash: null, event };
      const condition = isStillIn(event.by);
      const [inserted] = await db.batch(insertAccount(db, made, condition));
      return inserted.length > 0;
    },

    change: (target, told, keyRevoked) => changeAccount(db, target, told, keyRevoked),
    endSessions: (target, event) => endAllSessions(db, target, event),
    removeSecondFactor: (target, event) => removeFactor(db, target, event),
    remove: (target, event) => removeAccount(db, target, event),
  };
}

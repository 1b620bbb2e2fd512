import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import type { SignInMeans } from "../../core/account/sign-in-means.ts";
import type { Database } from "./database.ts";
import {
  accounts,
  passkeys,
  passwords,
  recoveryCodes,
  secondFactors,
  suppressedAddresses,
} from "./schema.ts";

/** What an account can be signed in to with, counted in one statement. Throws when it is gone. */
export async function findSignInMeans(
  db: Database,
  accountId: string,
  now: Date,
): Promise<SignInMeans> {
  const [means] = await db
    .select({ ...signInMeansColumns(db, accountId), mailStopsUntil: suppressedAddresses.until })
    .from(passwords)
    .innerJoin(accounts, eq(accounts.id, passwords.accountId))
    .leftJoin(
      suppressedAddresses,
      and(
        eq(suppressedAddresses.tenantId, accounts.tenantId),
        eq(suppressedAddresses.email, accounts.email),
        gt(suppressedAddresses.until, now),
      ),
    )
    .leftJoin(secondFactors, eq(secondFactors.accountId, passwords.accountId))
    .where(eq(passwords.accountId, accountId));
  if (!means) {
    throw new Error("the account is gone");
  }
  return means;
}

/** What a query gives that joins the account's password and left-joins its second factor. */
export function signInMeansColumns(db: Database, accountId: string) {
  return {
    hasPassword: isNotNull(passwords.hash).mapWith(Boolean),
    hasSecondFactor: isNotNull(secondFactors.confirmedAt).mapWith(Boolean),
    recoveryCodesLeft: db.$count(
      recoveryCodes,
      and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.spentOn)),
    ),
    passkeyCount: db.$count(passkeys, eq(passkeys.accountId, accountId)),
  };
}

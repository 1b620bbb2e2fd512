import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { SignInMeans } from "../../core/account/sign-in-means.ts";
import type { Database } from "./database.ts";
import { passkeys, passwords, recoveryCodes, secondFactors } from "./schema.ts";

/** What an account can be signed in to with, counted in one statement. Throws when it is gone. */
export async function findSignInMeans(db: Database, accountId: string): Promise<SignInMeans> {
  const [means] = await db
    .select({
      hasPassword: isNotNull(passwords.hash).mapWith(Boolean),
      hasSecondFactor: isNotNull(secondFactors.confirmedAt).mapWith(Boolean),
      recoveryCodesLeft: db.$count(
        recoveryCodes,
        and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.spentOn)),
      ),
      passkeyCount: db.$count(passkeys, eq(passkeys.accountId, accountId)),
    })
    .from(passwords)
    .leftJoin(secondFactors, eq(secondFactors.accountId, passwords.accountId))
    .where(eq(passwords.accountId, accountId));
  if (!means) {
    throw new Error("the account is gone");
  }
  return means;
}

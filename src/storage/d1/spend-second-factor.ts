import { and, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { SecondFactorProof } from "../../core/second-factor/second-factor.ts";
import type { Database } from "./database.ts";
import { recoveryCodes, secondFactors } from "./schema.ts";

/**
 * The statement that spends a proof, for a batch whose other statements apply where `isSpentOn`.
 * Gives one row, or none when the proof was spent before. `spentOn` must be new each time, or the
 * condition says so itself: it is how the batch knows its own spending from an earlier one.
 */
export function spendSecondFactor(
  db: Database,
  accountId: string,
  proof: SecondFactorProof,
  spentOn: string,
  condition?: SQL,
) {
  if (proof.kind === "totp") {
    const isNewer = lt(secondFactors.lastStep, proof.step);
    return db
      .update(secondFactors)
      .set({ lastStep: proof.step, spentOn })
      .where(
        and(
          eq(secondFactors.accountId, accountId),
          isNotNull(secondFactors.confirmedAt),
          isNewer,
          condition,
        ),
      )
      .returning({ accountId: secondFactors.accountId });
  }
  return db
    .update(recoveryCodes)
    .set({ spentOn })
    .where(and(isCode(accountId, proof.digests), isNull(recoveryCodes.spentOn), condition))
    .returning({ accountId: recoveryCodes.accountId });
}

/** True in the transaction that spent this proof on this. */
export function isSpentOn(accountId: string, proof: SecondFactorProof, spentOn: string): SQL {
  if (proof.kind === "totp") {
    const { lastStep } = secondFactors;
    return sql`EXISTS (SELECT 1 FROM ${secondFactors} WHERE ${and(
      eq(secondFactors.accountId, accountId),
      eq(lastStep, proof.step),
      eq(secondFactors.spentOn, spentOn),
    )})`;
  }
  return sql`EXISTS (SELECT 1 FROM ${recoveryCodes} WHERE ${and(
    isCode(accountId, proof.digests),
    eq(recoveryCodes.spentOn, spentOn),
  )})`;
}

function isCode(accountId: string, digests: readonly string[]) {
  return and(eq(recoveryCodes.accountId, accountId), inArray(recoveryCodes.digest, [...digests]));
}

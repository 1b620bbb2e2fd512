import { and, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { SecondFactorProof } from "../../core/second-factor/second-factor.ts";
import type { Database } from "./database.ts";
import { passkeys, recoveryCodes, secondFactors } from "./schema.ts";

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
  switch (proof.kind) {
    case "totp":
      return db
        .update(secondFactors)
        .set({ lastStep: proof.step, spentOn })
        .where(
          and(
            eq(secondFactors.accountId, accountId),
            isNotNull(secondFactors.confirmedAt),
            lt(secondFactors.lastStep, proof.step),
            condition,
          ),
        )
        .returning({ accountId: secondFactors.accountId });
    case "recovery code":
      return db
        .update(recoveryCodes)
        .set({ spentOn })
        .where(and(isCode(accountId, proof.digests), isNull(recoveryCodes.spentOn), condition))
        .returning({ accountId: recoveryCodes.accountId });
    case "passkey": {
      const { passkeyId, counter, isSynced, usedAt } = proof;
      return db
        .update(passkeys)
        .set({ counter, isSynced, lastUsedAt: usedAt, spentOn })
        .where(and(isPasskey(accountId, passkeyId), hasMoved(counter), condition))
        .returning({ accountId: passkeys.accountId });
    }
  }
}

/** True in the transaction that spent this proof on this. */
export function isSpentOn(accountId: string, proof: SecondFactorProof, spentOn: string): SQL {
  switch (proof.kind) {
    case "totp":
      return sql`EXISTS (SELECT 1 FROM ${secondFactors} WHERE ${and(
        eq(secondFactors.accountId, accountId),
        eq(secondFactors.lastStep, proof.step),
        eq(secondFactors.spentOn, spentOn),
      )})`;
    case "recovery code":
      return sql`EXISTS (SELECT 1 FROM ${recoveryCodes} WHERE ${and(
        isCode(accountId, proof.digests),
        eq(recoveryCodes.spentOn, spentOn),
      )})`;
    case "passkey":
      return sql`EXISTS (SELECT 1 FROM ${passkeys} WHERE ${and(
        isPasskey(accountId, proof.passkeyId),
        eq(passkeys.spentOn, spentOn),
      )})`;
  }
}

function isCode(accountId: string, digests: readonly string[]) {
  return and(eq(recoveryCodes.accountId, accountId), inArray(recoveryCodes.digest, [...digests]));
}

function isPasskey(accountId: string, passkeyId: string) {
  return and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, accountId));
}

/** A counter that stands still is a copy's, unless the authenticator does not count. §6.1.1. */
function hasMoved(counter: number): SQL {
  return sql`(${passkeys.counter} < ${counter} OR (${passkeys.counter} = 0 AND ${counter} = 0))`;
}

/** That there is none to be asked for. */
export function hasNoSecondFactor(accountId: string): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${secondFactors}
    WHERE ${eq(secondFactors.accountId, accountId)} AND ${secondFactors.confirmedAt} IS NOT NULL)`;
}

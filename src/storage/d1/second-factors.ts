import { and, eq, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import type { SecondFactors } from "../../core/second-factor/second-factor.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { recordWhere } from "./record-with.ts";
import { recoveryCodes, secondFactors } from "./schema.ts";
import { isSpentOn, spendSecondFactor } from "./spend-second-factor.ts";
import { valuesOf } from "./values-of.ts";

type Confirmation = Parameters<SecondFactors["confirm"]>[0];

const PENDING = { confirmedAt: null, lastStep: 0, spentOn: null };

/** Second factors in D1. Recovery codes exist beside a confirmed one only. */
export function d1SecondFactors(db: Database): SecondFactors {
  return {
    async find(accountId) {
      const [found] = await db
        .select({ factor: secondFactors, recoveryCodesLeft: codesLeft(db, accountId) })
        .from(secondFactors)
        .where(eq(secondFactors.accountId, accountId));
      if (!found) {
        return null;
      }
      const { spentOn: _, ...factor } = found.factor;
      return { ...factor, recoveryCodesLeft: found.recoveryCodesLeft };
    },

    async enrol({ accountId, enrolmentId, sealedSecret, by }) {
      const row = { accountId, enrolmentId, sealedSecret, ...PENDING };
      const enrolled = await db
        .insert(secondFactors)
        .select(sql`SELECT ${valuesOf(secondFactors, row)} WHERE ${isStillIn(by)}`)
        .onConflictDoUpdate({
          target: secondFactors.accountId,
          set: { enrolmentId, sealedSecret },
          setWhere: isNull(secondFactors.confirmedAt),
        })
        .returning({ accountId: secondFactors.accountId });
      return enrolled.length > 0;
    },

    confirm: (confirmation) => confirm(db, confirmation),

    remove: (accountId, spending) => remove(db, accountId, spending),

    async replaceRecoveryCodes(recoveryDigests, { proof, spentOn, by }, event) {
      const { accountId } = event;
      const won = isSpentOn(accountId, proof, spentOn);
      // The old ones go last: a proof that is one of them decides until then.
      const [spent] = await db.batch([
        spendSecondFactor(db, accountId, proof, spentOn, isStillIn(by)),
        recordWhere(db, event, won),
        insertCodes(db, accountId, recoveryDigests, won),
        db
          .delete(recoveryCodes)
          .where(
            and(
              eq(recoveryCodes.accountId, accountId),
              notInArray(recoveryCodes.digest, [...recoveryDigests]),
              won,
            ),
          ),
      ]);
      return spent.length > 0;
    },
  };
}

function codesLeft(db: Database, accountId: string) {
  const unspent = and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.spentOn));
  return sql<number>`(${db.select({ count: sql`count(*)` }).from(recoveryCodes).where(unspent)})`;
}

/** One transaction: both statements look for the same pending enrolment, the last ends its waiting. */
async function confirm(
  db: Database,
  { accountId, enrolmentId, step, recoveryDigests, now, by }: Confirmation,
): Promise<boolean> {
  const pending = and(
    eq(secondFactors.accountId, accountId),
    eq(secondFactors.enrolmentId, enrolmentId),
    isNull(secondFactors.confirmedAt),
    isStillIn(by),
  );
  const isPending = sql`EXISTS (SELECT 1 FROM ${secondFactors} WHERE ${pending})`;
  const [, confirmed] = await db.batch([
    insertCodes(db, accountId, recoveryDigests, isPending),
    db
      .update(secondFactors)
      .set({ confirmedAt: now, lastStep: step })
      .where(pending)
      .returning({ accountId: secondFactors.accountId }),
  ]);
  return confirmed.length > 0;
}

/** One transaction, decided by the spending. The codes follow the factor, whichever was the proof. */
async function remove(
  db: Database,
  ...[accountId, { proof, spentOn, by }]: Parameters<SecondFactors["remove"]>
): Promise<boolean> {
  const isGone = sql`NOT EXISTS (SELECT 1 FROM ${secondFactors}
    WHERE ${eq(secondFactors.accountId, accountId)})`;
  const [, removed] = await db.batch([
    spendSecondFactor(db, accountId, proof, spentOn, isStillIn(by)),
    db
      .delete(secondFactors)
      .where(and(eq(secondFactors.accountId, accountId), isSpentOn(accountId, proof, spentOn)))
      .returning({ accountId: secondFactors.accountId }),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.accountId, accountId), isGone)),
  ]);
  return removed.length > 0;
}

function insertCodes(db: Database, accountId: string, digests: readonly string[], condition: SQL) {
  return db.insert(recoveryCodes).select(sql`
    SELECT ${accountId}, value, NULL FROM json_each(${JSON.stringify(digests)}) WHERE ${condition}`);
}

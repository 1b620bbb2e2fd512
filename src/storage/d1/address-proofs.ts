import { and, eq, exists, isNull, sql } from "drizzle-orm";
import type { AddressProofs } from "../../core/account/address-proofs.ts";
import type { Database } from "./database.ts";
import { recordVerified } from "./record-verified.ts";
import { accounts, addressProofs } from "./schema.ts";
import { takeFromUnproved } from "./take-from-unproved.ts";

/** Proved addresses in D1. A link is spent by the write that compares its number. */
export function d1AddressProofs(db: Database): AddressProofs {
  return {
    async numberLink(tenantId, email, now) {
      const [numbered] = await db
        .insert(addressProofs)
        .values({ tenantId, email, linkNumber: 1, linkedAt: now })
        .onConflictDoUpdate({
          target: [addressProofs.tenantId, addressProofs.email],
          // An earlier proof stays: or anyone could undo it by asking for another mail.
          set: { linkNumber: sql`${addressProofs.linkNumber} + 1`, linkedAt: now },
        })
        .returning({ linkNumber: addressProofs.linkNumber });
      if (!numbered) {
        throw new Error("the link was not numbered");
      }
      return numbered.linkNumber;
    },

    prove: (link) => prove(db, link),

    async find(tenantId, email, since) {
      const { isProved, isTaken } = await db.get<{ isProved: number; isTaken: number }>(sql`
        SELECT
          EXISTS (SELECT 1 FROM ${addressProofs}
            WHERE ${addressProofs.tenantId} = ${tenantId} AND ${addressProofs.email} = ${email}
            AND ${addressProofs.provedAt} >= ${since.getTime()}) AS isProved,
          EXISTS (SELECT 1 FROM ${accounts}
            WHERE ${accounts.tenantId} = ${tenantId} AND ${accounts.email} = ${email}) AS isTaken`);
      return { isProved: isProved === 1, isTaken: isTaken === 1 };
    },
  };
}

/**
 * One transaction, decided by its first statement: the link's number is compared and moved on. The
 * others apply only where that won, the sessions before the account says that it is verified.
 */
async function prove(
  db: Database,
  { tenantId, email, linkNumber, firstProof, now }: Parameters<AddressProofs["prove"]>[0],
): Promise<boolean> {
  const at = and(eq(addressProofs.tenantId, tenantId), eq(addressProofs.email, email));
  // No mailed link ever has the number that a spent one moves on to.
  const spentNow = and(
    at,
    eq(addressProofs.linkNumber, linkNumber + 1),
    eq(addressProofs.provedAt, now),
  );
  const won = exists(db.select({ one: sql`1` }).from(addressProofs).where(spentNow));
  const spend = db
    .update(addressProofs)
    .set({ provedAt: now, linkNumber: linkNumber + 1 })
    .where(and(at, eq(addressProofs.linkNumber, linkNumber)))
    .returning({ email: addressProofs.email });
  if (!firstProof) {
    return (await spend).length > 0;
  }
  const { verified, keyRevoked } = firstProof;
  const unverified = and(
    eq(accounts.id, verified.accountId),
    eq(accounts.tenantId, tenantId),
    eq(accounts.email, email),
    isNull(accounts.emailVerifiedAt),
  );
  const [spent] = await db.batch([
    spend,
    ...takeFromUnproved(db, {
      keyRevoked,
      keepSessionId: "",
      // Nobody is signed in by the link: its owner signs in with it next, or sets another by mail.
      withPassword: false,
      condition: sql`${won} AND EXISTS (SELECT 1 FROM ${accounts} WHERE ${unverified})`,
      now,
    }),
    recordVerified(db, verified, and(unverified, won)),
    db.update(accounts).set({ emailVerifiedAt: now }).where(and(unverified, won)),
  ]);
  return spent.length > 0;
}

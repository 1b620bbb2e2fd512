import { and, eq, isNull, ne, type SQL } from "drizzle-orm";
import type { Database } from "./database.ts";
import { areMadeBy } from "./keys-made-by.ts";
import { keys, passwords, sessions } from "./schema.ts";

interface Unproved {
  /** The account whose address is being proved in the same transaction, and was not before. */
  accountId: string | SQL;
  /** The session of whoever proves it. */
  keepSessionId: string;
  /** Whether the password goes, too. Not where who proves the address still needs it to get in. */
  withPassword: boolean;
  condition: SQL;
  now: Date;
}

/**
 * Takes away what somebody made who registered an address without owning it: sessions and keys end,
 * and device grants they approved are older than the password now. Passkeys there are none: they are
 * added to proved addresses alone.
 */
export function takeFromUnproved(db: Database, unproved: Unproved) {
  const { accountId, keepSessionId, withPassword, condition, now } = unproved;
  return [
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(
        and(
          eq(sessions.accountId, accountId),
          ne(sessions.id, keepSessionId),
          isNull(sessions.revokedAt),
          condition,
        ),
      ),
    // A service key is the tenant's, whoever made it.
    db.delete(keys).where(and(areMadeBy(db, accountId, ["api"]), condition)),
    db
      .update(passwords)
      .set({ changedAt: now, ...(withPassword && { hash: null }) })
      .where(and(eq(passwords.accountId, accountId), condition)),
  ] as const;
}

import { and, eq, isNull, ne, type SQL } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { revokeApiKeys } from "./revoke-api-keys.ts";
import { passwords, sessions } from "./schema.ts";

interface Unproved {
  /** What is written down of each key. Whose it is: the address is being proved in the same transaction. */
  keyRevoked: AuditEvent;
  /** The session of whoever proves it. */
  keepSessionId: string;
  /** Whether the password goes, too. Not where who proves the address still needs it to get in. */
  withPassword: boolean;
  /** That it was not proved before, and is now. */
  condition: SQL;
  now: Date;
}

/**
 * Takes away what somebody made who registered an address without owning it: sessions and keys end,
 * and device grants they approved are older than the password now. Passkeys there are none: they are
 * added to proved addresses alone.
 */
export function takeFromUnproved(db: Database, unproved: Unproved) {
  const { keyRevoked, keepSessionId, withPassword, condition, now } = unproved;
  const { accountId } = keyRevoked;
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
    ...revokeApiKeys(db, keyRevoked, condition),
    db
      .update(passwords)
      .set({ changedAt: now, ...(withPassword && { hash: null }) })
      .where(and(eq(passwords.accountId, accountId), condition)),
  ] as const;
}

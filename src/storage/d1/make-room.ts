import { and, eq, gt, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { NewSession, SessionLimit } from "../../core/session/session.ts";
import type { Database } from "./database.ts";
import { sessions } from "./schema.ts";

/** Ends the sessions of the same contract and client that the new one replaces, where it was opened. */
export function makeRoom(db: Database, session: NewSession, limit: SessionLimit, wasOpened: SQL) {
  const { id, accountId, contract, clientId, clientType, createdAt: now } = session;
  const live = and(
    eq(sessions.accountId, accountId),
    eq(sessions.contract, contract),
    sql`${sessions.clientId} IS ${clientId}`,
    isNull(sessions.revokedAt),
    gt(sessions.expiresAt, now),
  );
  // The new one comes first, and is never passed over.
  const replaced =
    limit.kind === "one per client type"
      ? and(live, ne(sessions.id, id), sql`${sessions.clientType} IS ${clientType}`)
      : sql`${sessions.id} IN (SELECT ${sessions.id} FROM ${sessions} WHERE ${live}
          ORDER BY ${sessions.id} = ${id} DESC, ${sessions.lastUsedAt} DESC, ${sessions.number} DESC
          LIMIT -1 OFFSET ${limit.count})`;
  return db.update(sessions).set({ revokedAt: now }).where(and(replaced, wasOpened));
}

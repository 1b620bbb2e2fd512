import { and, eq, getTableColumns, gt, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { sessions } from "./schema.ts";

const {
  generation: _generation,
  refreshedAt: _refreshedAt,
  revokedAt: _revokedAt,
  ...columns
} = getTableColumns(sessions);

/** What the rest of the world sees of a session: not where its refresh token stands. */
export const sessionColumns = columns;

export function isLive(now: Date | SQLWrapper) {
  return and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now));
}

/** For a write by whoever is signed in: what ends a session takes what it did, and not what it does afterwards. */
export function isSessionLive(sessionId: string | SQLWrapper, now: Date | SQLWrapper): SQL {
  return sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${and(eq(sessions.id, sessionId), isLive(now))})`;
}

import { and, getTableColumns, gt, isNull, type SQLWrapper, sql } from "drizzle-orm";
import { actorReaches } from "./actor-reaches.ts";
import { sessions } from "./schema.ts";

const {
  generation: _generation,
  refreshedAt: _refreshedAt,
  revokedAt: _revokedAt,
  ...columns
} = getTableColumns(sessions);

/** What the rest of the world sees of a session: not where its refresh token stands. */
export const sessionColumns = columns;

/** Of a session: that it has not ended, whoever asks. */
export function isLive(now: Date | SQLWrapper) {
  const at = now instanceof Date ? sql`${now.getTime()}` : now;
  return and(isNull(sessions.revokedAt), gt(sessions.expiresAt, at), actorReaches(at));
}

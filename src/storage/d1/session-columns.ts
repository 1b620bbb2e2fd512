import { and, getTableColumns, gt, isNull, type SQLWrapper } from "drizzle-orm";
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

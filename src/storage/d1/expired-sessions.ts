import { and, gt, inArray, lt, or } from "drizzle-orm";
import type { Database } from "./database.ts";
import { sessions } from "./schema.ts";

/** Rows a statement removes at most: D1 runs one at a time, and people are waiting behind it. */
const BATCH = 1000;
/** Cloudflare's free plan allows 50 queries to an invocation. */
const MOST_BATCHES = 40;
/** Ended sessions are kept this long for whoever asks what happened. */
const KEPT_SECONDS = 7 * 86_400;

/** Removes sessions that expired or were ended a week ago, in bounded batches. Says how many. */
export async function purgeExpiredSessions(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_SECONDS * 1000);
  let removed = 0;
  let after = "";
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const rows = await db
      .delete(sessions)
      .where(inArray(sessions.id, expiredIds(db, after, before)))
      .returning({ id: sessions.id });
    removed += rows.length;
    if (rows.length < BATCH) {
      break;
    }
    after = rows.reduce((last, { id }) => (id > last ? id : last), after);
  }
  return removed;
}

/** The next ids in order, from where the batch before ended: no row is read twice. */
function expiredIds(db: Database, after: string, before: Date) {
  return db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        gt(sessions.id, after),
        lt(sessions.id, firstIdOf(before)),
        or(lt(sessions.expiresAt, before), lt(sessions.revokedAt, before)),
      ),
    )
    .orderBy(sessions.id)
    .limit(BATCH);
}

/** Ids are UUIDv7, so those made before a moment sort before this: the primary key serves as index. */
function firstIdOf(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

import { and, inArray, lt } from "drizzle-orm";
import type { Database } from "./database.ts";
import { sessions } from "./schema.ts";

/** Rows a statement removes at most: D1 runs one at a time, and people are waiting behind it. */
const BATCH = 500;
const MOST_BATCHES = 20;
/** Ended sessions are kept this long for whoever asks what happened. */
const KEPT_SECONDS = 7 * 86_400;

/** Removes sessions that expired a week ago, in bounded batches. Says how many. */
export async function purgeExpiredSessions(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_SECONDS * 1000);
  const expired = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(lt(sessions.id, firstIdOf(before)), lt(sessions.expiresAt, before)))
    .limit(BATCH);
  let removed = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const rows = await db
      .delete(sessions)
      .where(inArray(sessions.id, expired))
      .returning({ id: sessions.id });
    removed += rows.length;
    if (rows.length < BATCH) {
      break;
    }
  }
  return removed;
}

/** Ids are UUIDv7, so those made before a moment sort before this: the primary key serves as index. */
function firstIdOf(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

import { inArray, lt, sql } from "drizzle-orm";
import { UNDO_WINDOW_MS } from "../../core/account/undo-window.ts";
import type { Database } from "./database.ts";
import { emailChanges } from "./schema.ts";

/** Rows a statement removes at most: D1 runs one at a time, and people are waiting behind it. */
const BATCH = 1000;
/** Few, since Cloudflare's free plan allows an invocation 50 queries and sessions need most. */
const MOST_BATCHES = 5;

/**
 * Removes changes of address that cannot be undone any more, and requests as old as those, in bounded
 * batches. Says how many.
 */
export async function purgeExpiredEmailChanges(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - UNDO_WINDOW_MS);
  let removed = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const rows = await db
      .delete(emailChanges)
      .where(inArray(sql`rowid`, expiredRows(db, before)))
      .returning({ id: emailChanges.id });
    removed += rows.length;
    if (rows.length < BATCH) {
      break;
    }
  }
  return removed;
}

/** No index serves this, for a table that is never large. */
function expiredRows(db: Database, before: Date) {
  const newest = sql`coalesce(${emailChanges.changedAt}, ${emailChanges.requestedAt})`;
  return db
    .select({ rowid: sql`rowid` })
    .from(emailChanges)
    .where(lt(newest, before.getTime()))
    .limit(BATCH);
}

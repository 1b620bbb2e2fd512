import { inArray, lt, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { addressProofs } from "./schema.ts";

/** Rows a statement removes at most: D1 runs one at a time, and people are waiting behind it. */
const BATCH = 1000;
/** Few, since Cloudflare's free plan allows an invocation 50 queries and sessions need most. */
const MOST_BATCHES = 5;
/** Past the day that a link lives, and the hour of the proof that it gave. */
const KEPT_SECONDS = 2 * 86_400;

/** Removes address proofs whose last link was mailed two days ago, in bounded batches. Says how many. */
export async function purgeExpiredAddressProofs(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_SECONDS * 1000);
  let removed = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const rows = await db
      .delete(addressProofs)
      .where(inArray(sql`rowid`, expiredRows(db, before)))
      .returning({ email: addressProofs.email });
    removed += rows.length;
    if (rows.length < BATCH) {
      break;
    }
  }
  return removed;
}

/** No index serves this: it would be written with every mail, for a table that is never large. */
function expiredRows(db: Database, before: Date) {
  return db
    .select({ rowid: sql`rowid` })
    .from(addressProofs)
    .where(lt(addressProofs.linkedAt, before))
    .limit(BATCH);
}

import { type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Chore } from "./clean-up.ts";
import type { Database } from "./database.ts";

/** Rows a statement removes at most: D1 runs one at a time, and people are waiting behind it. */
const BATCH = 1000;

/** Removes the rows for which a condition holds. An index has to serve it: nothing reads a whole table. */
export function expiredRows(db: Database, table: SQLiteTable, isExpired: SQL): Chore {
  return {
    queries: 1,
    async step() {
      const { meta } = await db.run(sql`DELETE FROM ${table} WHERE rowid IN
        (SELECT rowid FROM ${table} WHERE ${isExpired} LIMIT ${BATCH})`);
      return { removed: meta.changes, hasMore: meta.changes === BATCH };
    },
  };
}

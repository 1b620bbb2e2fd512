import { and, gt, lt, lte, or, sql } from "drizzle-orm";
import type { Chore } from "./clean-up.ts";
import type { Database } from "./database.ts";
import { firstIdOf } from "./first-id-of.ts";
import { marks, sessions } from "./schema.ts";
import { setMark } from "./set-mark.ts";

/** Rows a step looks at, and removes at most: D1 runs one statement at a time. */
const WINDOW = 2500;
const MARK = "sessions";

/**
 * Removes sessions that expired or were ended before a moment. No index knows when one expires: it moves
 * with every refresh, and an index would double what that writes. So they are gone through in order of
 * their ids, which are as old as they are, a window at a time. A run goes on where the last one stopped,
 * however many sessions there are that live for ever.
 */
export function expiredSessions(db: Database, before: Date, now: Date): Chore {
  const isExpired = or(lt(sessions.expiresAt, before), lt(sessions.revokedAt, before));
  const mark = sql`coalesce((SELECT ${marks.mark} FROM ${marks} WHERE ${marks.name} = ${MARK}), '')`;

  return {
    queries: 3,
    async step() {
      const [window] = await db.all<{ start: string; last: string | null; seen: number }>(sql`
        SELECT ${mark} AS start, max(id) AS last, count(*) AS seen FROM
          (SELECT id FROM ${sessions} WHERE id > ${mark} AND id < ${firstIdOf(before)}
            ORDER BY id LIMIT ${WINDOW})`);
      const { start = "", last, seen = 0 } = window ?? {};
      const hasMore = seen === WINDOW;
      const [{ meta }] = await db.batch([
        db
          .delete(sessions)
          .where(and(gt(sessions.id, start), lte(sessions.id, last ?? start), isExpired)),
        setMark(db, { name: MARK, mark: hasMore ? (last ?? "") : "", at: now }),
      ]);
      return { removed: meta.changes, hasMore };
    },
  };
}

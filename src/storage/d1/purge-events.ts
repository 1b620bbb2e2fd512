import { and, asc, eq, isNotNull, lt, sql } from "drizzle-orm";
import { SEALED_MARK } from "./audit-seals.ts";
import type { Chore } from "./clean-up.ts";
import type { Database } from "./database.ts";
import { auditEvents, auditSeals, marks } from "./schema.ts";
import { setMark } from "./set-mark.ts";

/** Seals and events that a step removes at most: D1 runs one statement at a time. */
const MOST_SEALS = 500;
export const MOST_EVENTS = 1000;
/** The trigger that keeps events from being removed lets go what is older than this mark says. */
const HORIZON_MARK = "audit-horizon";

/**
 * Removes events that are older than a moment, by whole seals: what is left of a seal is its digest, so
 * that the chain can be verified as before. Those of the newest seals stay until there are newer ones,
 * so that the rows of what comes next are numbered on.
 */
export function purgeEvents(db: Database, before: Date, now: Date): Chore {
  return {
    queries: 4,
    async step() {
      const oldest = await db
        .select({
          tenantId: auditSeals.tenantId,
          sequence: auditSeals.sequence,
          count: auditSeals.count,
        })
        .from(auditSeals)
        .where(
          and(
            isNotNull(auditSeals.events),
            lt(auditSeals.until, before),
            lt(
              auditSeals.sealedAt,
              db.select({ at: marks.at }).from(marks).where(eq(marks.name, SEALED_MARK)),
            ),
          ),
        )
        .orderBy(asc(auditSeals.until))
        .limit(MOST_SEALS);
      const seals = oldest.slice(0, howMany(oldest));
      if (seals.length === 0) {
        return { removed: 0, hasMore: false };
      }
      return {
        removed: await purge(db, seals, { before, now }),
        hasMore: seals.length < oldest.length || oldest.length === MOST_SEALS,
      };
    },
  };
}

/** As many seals as cover no more events than a step removes; one at least. */
function howMany(seals: readonly { count: number }[]): number {
  let events = 0;
  const tooMany = seals.findIndex(({ count }, index) => {
    events += count;
    return index > 0 && events > MOST_EVENTS;
  });
  return tooMany < 0 ? seals.length : tooMany;
}

async function purge(
  db: Database,
  seals: readonly { tenantId: string; sequence: number }[],
  { before, now }: { before: Date; now: Date },
): Promise<number> {
  const chosen = sql`json_each(${JSON.stringify(seals)}) AS chosen
    JOIN ${auditSeals} AS seal ON seal.tenant_id = chosen.value ->> 'tenantId'
      AND seal.sequence = chosen.value ->> 'sequence'`;
  const [, { meta }] = await db.batch([
    setMark(db, { name: HORIZON_MARK, mark: String(before.getTime()), at: now }),
    db
      .delete(auditEvents)
      .where(
        sql`${auditEvents.id} IN (SELECT event.value ->> 0 FROM ${chosen}, json_each(seal.events) AS event)`,
      ),
    db
      .update(auditSeals)
      .set({ events: null })
      .where(sql`rowid IN (SELECT seal.rowid FROM ${chosen})`),
  ]);
  return meta.changes;
}

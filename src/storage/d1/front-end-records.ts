import { and, eq, not, type SQL, sql } from "drizzle-orm";
import type { FrontEndRecords } from "../../core/admin/front-end-records.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { namedBatch } from "./named-batch.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import { frontEnds } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

const { id, alias, url, createdAt, changedAt } = frontEnds;

/** Front ends as operators change them, in D1. */
export function d1FrontEndRecords(db: Database): FrontEndRecords {
  return {
    async allow(tenantId, frontEnd, event) {
      const times = { createdAt: event.at, changedAt: event.at };
      const row = { ...frontEnd, ...times, tenantId };
      const one = is(tenantId, frontEnd.alias);
      const isNew = and(isRecorded(event), not(isThere(one)));
      const { there } = await namedBatch(db, {
        recorded: recordWhere(db, event, not(isThere(and(one, eq(url, frontEnd.url))))),
        moved: db
          .update(frontEnds)
          .set({ url: frontEnd.url, changedAt: event.at })
          .where(and(one, isRecorded(event))),
        made: db.insert(frontEnds).select(sql`SELECT ${valuesOf(frontEnds, row)} WHERE ${isNew}`),
        there: db
          .select({ id, alias, url, createdAt, changedAt })
          .from(frontEnds)
          .where(and(one, isStillIn(event.by))),
      });
      return there[0] ?? null;
    },

    async remove(tenantId, alias, event) {
      const one = is(tenantId, alias);
      const [recorded] = await db.batch([
        recordWhere(db, event, isThere(one)),
        db.delete(frontEnds).where(and(one, isRecorded(event))),
      ]);
      return recorded.length > 0;
    },
  };
}

function is(tenantId: string, alias: string): SQL | undefined {
  return and(eq(frontEnds.tenantId, tenantId), eq(frontEnds.alias, alias));
}

function isThere(condition: SQL | undefined): SQL {
  return sql`EXISTS (SELECT 1 FROM ${frontEnds} WHERE ${condition})`;
}

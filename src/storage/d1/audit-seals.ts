import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { AuditSeals, Stretch } from "../../core/audit/audit-seals.ts";
import type { AuditSeal, ChainHead } from "../../core/audit/chain.ts";
import type { Database } from "./database.ts";
import { auditEvents, auditSeals, marks } from "./schema.ts";

/** Under which name it is remembered up to where events are sealed. */
export const SEALED_MARK = "audit-seals";

/**
 * The chain in D1. Events are sealed in the order of their rows: the one writer of D1 numbers them one
 * after another, whenever they were thought of. Their ids are not in that order, as some are drawn long
 * before they are written.
 */
export function d1AuditSeals(db: Database): AuditSeals {
  return {
    unsealed: (most) => unsealed(db, most),

    heads: (tenantIds) =>
      db.all<ChainHead>(sql`
        SELECT tenant.value AS tenantId, ${auditSeals.sequence} AS sequence, ${auditSeals.digest} AS digest
        FROM json_each(${JSON.stringify(tenantIds)}) AS tenant
        JOIN ${auditSeals} ON ${auditSeals.tenantId} = tenant.value AND ${auditSeals.sequence} =
          (SELECT max(newest.sequence) FROM ${auditSeals} AS newest
            WHERE newest.tenant_id = tenant.value)`),

    append: (seals, stretch, now) => append(db, seals, stretch, now),
  };
}

async function unsealed(db: Database, most: number): Promise<Stretch> {
  const [marked] = await db
    .select({ mark: marks.mark })
    .from(marks)
    .where(eq(marks.name, SEALED_MARK));
  const from = marked?.mark ?? "";
  const rows = await db
    .select({ event: getTableColumns(auditEvents), row: sql<number>`rowid` })
    .from(auditEvents)
    .where(sql`rowid > ${lastRow(from)}`)
    .orderBy(asc(sql`rowid`))
    .limit(most);
  const last = rows.at(-1);
  return {
    events: rows.map(({ event }) => event),
    from,
    to: last ? `${last.row} ${last.event.id}` : from,
  };
}

/**
 * The row after which nothing is sealed. A database that was restored from a dump has other numbers for
 * the same rows: the event tells, and its number only where it is gone.
 */
function lastRow(mark: string) {
  const [row = "0", id = ""] = mark.split(" ");
  return sql`coalesce((SELECT last.rowid FROM ${auditEvents} AS last WHERE last.id = ${id}), ${Number(row)})`;
}

/** Decided by the mark: it is moved on from where the stretch begins, or somebody else has moved it. */
async function append(
  db: Database,
  seals: readonly AuditSeal[],
  { from, to }: Stretch,
  now: Date,
): Promise<boolean> {
  const rows = seals.map(({ until, sealedAt, ...seal }) => ({
    ...seal,
    until: until.getTime(),
    sealedAt: sealedAt.getTime(),
  }));
  const values = Object.keys(getTableColumns(auditSeals)).map((key) => sql`value ->> ${key}`);
  const isStill = sql`coalesce((SELECT ${marks.mark} FROM ${marks}
    WHERE ${marks.name} = ${SEALED_MARK}), '') = ${from}`;
  const [{ meta }] = await db.batch([
    db
      .insert(auditSeals)
      .select(
        sql`SELECT ${sql.join(values, sql`, `)} FROM json_each(${JSON.stringify(rows)}) WHERE ${isStill}`,
      ),
    db
      .insert(marks)
      .values({ name: SEALED_MARK, mark: to, at: now })
      .onConflictDoUpdate({
        target: marks.name,
        set: { mark: to, at: now },
        setWhere: eq(marks.mark, from),
      }),
  ]);
  return meta.changes > 0;
}

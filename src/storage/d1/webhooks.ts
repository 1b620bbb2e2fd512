import { and, type Column, eq, gt, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Batch, Place, Webhook, Webhooks } from "../../core/webhook/webhook.ts";
import type { Database } from "./database.ts";
import { recordWhere } from "./record-with.ts";
import { auditEvents, auditSeals, webhooks } from "./schema.ts";

/** Seals that are looked through at a time: who wants few events may have none in many of them. */
const SEALS = 100;

/** Webhooks in D1. What they hear is what is sealed, so that no event is told that is not there for good. */
export function d1Webhooks(db: Database): Webhooks {
  return {
    async due(now, most) {
      const found = await db
        .select({ id: webhooks.id })
        .from(webhooks)
        .where(
          and(
            isFree(now),
            sql`EXISTS (SELECT 1 FROM ${auditSeals} AS seal
              WHERE seal.tenant_id = ${webhooks.tenantId} AND seal.sequence > ${webhooks.sequence})`,
          ),
        )
        // Where more are due than get a turn, none is left out for good.
        .orderBy(webhooks.claimedUntil)
        .limit(most);
      return found.map(({ id }) => id);
    },

    async claim(id, now, until) {
      const [row] = await db
        .update(webhooks)
        .set({ claimedUntil: until })
        .where(and(eq(webhooks.id, id), isFree(now)))
        .returning();
      return row ? webhookOf(row) : null;
    },

    next: (webhook, most) => next(db, webhook, most),

    async advance(id, place, begunAt) {
      await db
        .update(webhooks)
        .set({
          ...place,
          failingSince: null,
          failures: 0,
          problem: null,
          claimedUntil: begunAt,
        })
        .where(eq(webhooks.id, id));
    },

    async fail(id, { place, begunAt, since, ...failure }, event) {
      const failed = db
        .update(webhooks)
        .set({ ...place, ...failure, failingSince: since, claimedUntil: begunAt })
        .where(eq(webhooks.id, id));
      const isThere = sql`EXISTS (SELECT 1 FROM ${webhooks} WHERE ${eq(webhooks.id, id)})`;
      await (event ? db.batch([recordWhere(db, event, isThere), failed]) : failed);
    },

    ...secretsOf(db),
  };
}

type Secrets = Pick<Webhooks, "forgetPrevious" | "notSealedUnder" | "replaceSecret">;

function secretsOf(db: Database): Secrets {
  const { id, secret, previousSecret, previousUntil } = webhooks;
  return {
    async forgetPrevious(now) {
      await db
        .update(webhooks)
        .set({ previousSecret: null, previousUntil: null })
        .where(lte(previousUntil, now));
    },

    async notSealedUnder(secretId) {
      const sealed = `${secretId}.`;
      const isElse = (column: Column) => sql`substr(${column}, 1, length(${sealed})) <> ${sealed}`;
      const found = await db
        .select({ id, secret, previousSecret })
        .from(webhooks)
        .where(or(isElse(secret), isElse(previousSecret)));
      return found.flatMap(({ id, secret, previousSecret }) =>
        [secret, previousSecret]
          .filter((text) => text !== null && !text.startsWith(sealed))
          .map((text) => ({ id, secret: String(text) })),
      );
    },

    async replaceSecret(which, { was, becomes }) {
      // A rotation may have made it the one before meanwhile.
      const replaced = (column: Column) =>
        sql`CASE WHEN ${eq(column, was)} THEN ${becomes} ELSE ${column} END`;
      await db
        .update(webhooks)
        .set({ secret: replaced(secret), previousSecret: replaced(previousSecret) })
        .where(and(eq(id, which), or(eq(secret, was), eq(previousSecret, was))));
    },
  };
}

/** It is to be told, nobody is telling it, and it is not left alone for a while. */
function isFree(now: Date): SQL | undefined {
  return and(
    isNull(webhooks.disabledAt),
    lte(webhooks.retryAt, now),
    lte(webhooks.claimedUntil, now),
  );
}

function webhookOf(row: typeof webhooks.$inferSelect): Webhook {
  const { sequence, position, ...webhook } = row;
  return { ...webhook, place: { sequence, position } };
}

async function next(
  db: Database,
  { tenantId, events: wanted, place }: Webhook,
  most: number,
): Promise<Batch> {
  const seals = db
    .select({ sequence: auditSeals.sequence, events: auditSeals.events })
    .from(auditSeals)
    .where(and(eq(auditSeals.tenantId, tenantId), gt(auditSeals.sequence, place.sequence)))
    .orderBy(auditSeals.sequence)
    .limit(SEALS)
    .as("seals");
  const isWanted = wanted
    ? sql`${auditEvents.event} IN (SELECT value FROM json_each(${JSON.stringify(wanted)}))`
    : sql`true`;
  const [[looked], found] = await db.batch([
    db
      .select({
        last: sql<number | null>`max(${seals.sequence})`,
        count: sql<number>`count(*)`,
      })
      .from(seals),
    db
      .select({
        sequence: seals.sequence,
        position: sql<number>`sealed.key + 1`,
        event: auditEvents,
      })
      .from(seals)
      .innerJoin(sql`json_each(${seals.events}) AS sealed`, sql`true`)
      .innerJoin(auditEvents, sql`${auditEvents.id} = sealed.value ->> 0`)
      .where(
        sql`(${seals.sequence} > ${place.sequence + 1} OR sealed.key >= ${place.position}) AND ${isWanted}`,
      )
      .orderBy(seals.sequence, sql`sealed.key`)
      .limit(most),
  ]);
  return batchOf(place, {
    most,
    last: looked?.last ?? null,
    isFull: looked?.count === SEALS,
    found,
  });
}

function batchOf(
  place: Place,
  {
    most,
    last,
    isFull,
    found,
  }: {
    most: number;
    last: number | null;
    isFull: boolean;
    found: readonly { sequence: number; position: number; event: AuditEvent }[];
  },
): Batch {
  const events = found.map(({ event, sequence, position }) => ({
    event,
    after: { sequence: sequence - 1, position },
  }));
  const after = events.at(-1)?.after;
  if (after && events.length === most) {
    return { events, end: after, hasMore: true };
  }
  const end = last === null ? place : { sequence: last, position: 0 };
  return { events, end, hasMore: isFull };
}

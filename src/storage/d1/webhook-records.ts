import { and, asc, eq, gt, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Deed } from "../../core/admin/deed.ts";
import type {
  WebhookRecord,
  WebhookRecords,
  WhichWebhook,
} from "../../core/admin/webhook-records.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { namedBatch } from "./named-batch.ts";
import { changeWith, isRecorded, recordWhere } from "./record-with.ts";
import { auditSeals, webhooks } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

const { id, tenantId, url, events, createdAt, disabledAt, failingSince, problem, retryAt } =
  webhooks;

/** Webhooks as operators see and change them, in D1. No secret of theirs is read. */
export function d1WebhookRecords(db: Database): WebhookRecords {
  return {
    async list(tenant, afterId, most) {
      const rows = await select(db, and(eq(tenantId, tenant), gt(id, afterId ?? "")))
        .orderBy(asc(id))
        .limit(most);
      return rows.map(recordOf);
    },

    async find(which) {
      const [row] = await select(db, is(which));
      return row ? recordOf(row) : null;
    },

    insert(webhook, most, event) {
      const row = { ...UNTOLD, ...webhook, events: webhook.events && [...webhook.events] };
      const sequence = newestIn(sql`${webhook.tenantId}`);
      const values = valuesOf(webhooks, row, { sequence });
      const insertion = db
        .insert(webhooks)
        .select(sql`SELECT ${values} WHERE ${isRecorded(event)}`);
      const count = db.$count(webhooks, eq(tenantId, webhook.tenantId));
      return changeWith(db, event, sql`${count} < ${most}`, insertion);
    },

    async replaceSecret(which, { secret, keepsUntil }, event) {
      const kept = (value: unknown) =>
        keepsUntil ? sql`CASE WHEN ${IS_SEALED} THEN ${value} END` : null;
      const {
        shown: [row],
      } = await namedBatch(db, {
        recorded: recordWhere(db, event, isThere(which)),
        replaced: db
          .update(webhooks)
          .set({
            secret,
            previousSecret: kept(webhooks.secret),
            previousUntil: kept(keepsUntil?.getTime()),
          })
          .where(and(is(which), isRecorded(event))),
        shown: select(db, isShownTo(which, event)),
      });
      return row ? recordOf(row) : null;
    },

    enable: (...which) => enable(db, ...which),

    remove(which, event) {
      const gone = db.delete(webhooks).where(and(is(which), isRecorded(event)));
      return changeWith(db, event, isThere(which), gone);
    },
  };
}

async function enable(
  db: Database,
  ...[which, skipsMissed, event]: Parameters<WebhookRecords["enable"]>
): Promise<WebhookRecord | null> {
  const missed = or(ne(webhooks.sequence, NEWEST), ne(webhooks.position, 0));
  const isLeftAlone = or(
    isNotNull(disabledAt),
    isNotNull(failingSince),
    skipsMissed ? missed : undefined,
  );
  const {
    shown: [row],
  } = await namedBatch(db, {
    recorded: recordWhere(db, event, isThere(which, isLeftAlone)),
    enabled: db
      .update(webhooks)
      .set({
        ...{ disabledAt: null, failingSince: null, failures: 0, problem: null },
        retryAt: new Date(0),
        ...(skipsMissed && { sequence: NEWEST, position: 0 }),
      })
      .where(and(is(which), isRecorded(event))),
    shown: select(db, isShownTo(which, event)),
  });
  return row ? recordOf(row) : null;
}

function select(db: Database, where: SQL | undefined) {
  return db.select(SHOWN).from(webhooks).where(where);
}

function is(which: WhichWebhook): SQL | undefined {
  return and(eq(tenantId, which.tenantId), eq(id, which.id));
}

/** What nobody changed who is out is not shown as it is. */
function isShownTo(which: WhichWebhook, { by }: Deed): SQL | undefined {
  return and(is(which), isStillIn(by));
}

function isThere(which: WhichWebhook, condition?: SQL): SQL {
  return sql`EXISTS (SELECT 1 FROM ${webhooks} WHERE ${and(is(which), condition)})`;
}

/** What is sealed last in a tenant. */
function newestIn(tenant: SQL): SQL {
  return sql`(SELECT coalesce(max(seal.sequence), 0) FROM ${auditSeals} AS seal WHERE seal.tenant_id = ${tenant})`;
}

const NEWEST = newestIn(sql`webhooks.tenant_id`);
const IS_SEALED = sql`${webhooks.secret} NOT LIKE 'whsec|_%' ESCAPE '|'`;
const SHOWN = {
  ...{ id, tenantId, url, events, createdAt, disabledAt, failingSince, problem, retryAt },
  previousUntil: webhooks.previousUntil,
  sealsBehind: sql<number>`max(${NEWEST} - ${webhooks.sequence}, 0)`,
};
/** As one is that was told nothing yet. */
const UNTOLD = {
  ...{ previousSecret: null, previousUntil: null, failingSince: null, problem: null },
  ...{ sequence: 0, position: 0, failures: 0, disabledAt: null },
  ...{ retryAt: new Date(0), claimedUntil: new Date(0) },
};

type Row = Omit<
  typeof webhooks.$inferSelect,
  "secret" | "previousSecret" | "sequence" | "position" | "failures" | "claimedUntil"
> & {
  sealsBehind: number;
};

/** When it is tried again stands there for as long as nobody looks: it is true of one that fails. */
function recordOf({ retryAt, ...row }: Row): WebhookRecord {
  const waits = row.failingSince !== null && row.disabledAt === null;
  return { ...row, retryAt: waits ? retryAt : null };
}

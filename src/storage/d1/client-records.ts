import { and, asc, eq, gt, gte, isNotNull, not, sql } from "drizzle-orm";
import { sha256Hex } from "../../bytes/sha-256-hex.ts";
import type { ClientRecord, ClientRecords } from "../../core/admin/client-records.ts";
import { clientTarget } from "../../core/admin/client-target.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import { CLIENT_CACHE_SECONDS, type Client } from "../../core/client/client.ts";
import { clientOf } from "./client-of.ts";
import type { Database } from "./database.ts";
import { firstIdOf } from "./first-id-of.ts";
import { changeWith, isRecorded, recordWhere } from "./record-with.ts";
import { auditEvents, clients } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** By the store's clock: what was given to an earlier client of an id is told by the time. */
const NOW = sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

/** Clients as operators see and change them, in D1. Their secrets are kept as hashes alone. */
export function d1ClientRecords(db: Database): ClientRecords {
  return {
    async list(tenantId, afterId, most) {
      const rows = await db
        .select()
        .from(clients)
        .where(and(eq(clients.tenantId, tenantId), gt(clients.id, afterId ?? "")))
        .orderBy(asc(clients.id))
        .limit(most);
      return rows.map(recordOf);
    },

    async find(tenantId, clientId) {
      const [row] = await db
        .select()
        .from(clients)
        .where(is({ tenantId, id: clientId }));
      return row ? recordOf(row) : null;
    },

    insert: (client, secret, event) => insert(db, client, secret, event),

    async change(client, { scopes, redirectUris, ...change }, event) {
      const lists = {
        ...(scopes && { scopes: [...scopes] }),
        ...(redirectUris && { redirectUris: [...redirectUris] }),
      };
      const update = db
        .update(clients)
        // Something has to be set, where nothing is to change.
        .set({ id: client.id, ...change, ...lists })
        .where(and(is(client), isRecorded(event)));
      return changeWith(db, event, isThere(client), update);
    },

    async replaceSecret(client, secret, event) {
      const secretHash = await sha256Hex(secret);
      const isConfidential = and(is(client), isNotNull(clients.secretHash));
      const isThereWithOne = sql`EXISTS (SELECT 1 FROM ${clients} WHERE ${isConfidential})`;
      const update = db
        .update(clients)
        .set({ secretHash })
        .where(and(is(client), isRecorded(event)));
      return changeWith(db, event, isThereWithOne, update);
    },

    async remove(client, event) {
      const removal = db.delete(clients).where(and(is(client), isRecorded(event)));
      return changeWith(db, event, isThere(client), removal);
    },
  };
}

type Which = Pick<Client, "tenantId" | "id">;

function is({ tenantId, id }: Which) {
  return and(eq(clients.tenantId, tenantId), eq(clients.id, id));
}

function isThere(client: Which) {
  return sql`EXISTS (SELECT 1 FROM ${clients} WHERE ${is(client)})`;
}

/**
 * An isolate may still remember a client that was removed: made again so soon, its id would have the old
 * secret open what is the new client's. Twice that long, as a look-up may have been under way, and removal
 * and this go by two clocks.
 */
function wasLately({ id }: Which, now: Date) {
  const since = new Date(now.getTime() - 2 * CLIENT_CACHE_SECONDS * 1000);
  const removal = and(
    gte(auditEvents.id, firstIdOf(since)),
    eq(auditEvents.event, "client-removed"),
    eq(auditEvents.accountId, clientTarget(id)),
  );
  return sql`EXISTS (SELECT 1 FROM ${auditEvents} WHERE ${removal})`;
}

/** The event decides: it is written down where the id is free. */
async function insert(
  db: Database,
  client: Client,
  secret: string | null,
  event: AuditEvent,
): Promise<Date | null> {
  const row: typeof clients.$inferSelect = {
    tenantId: client.tenantId,
    id: client.id,
    name: client.name,
    secretHash: secret === null ? null : await sha256Hex(secret),
    grants: [...client.grants],
    scopes: [...client.scopes],
    redirectUris: [...client.redirectUris],
    resources: [...client.resources],
    firstParty: client.isFirstParty,
    owner: client.owner,
    samePlace: client.samePlace,
    createdAt: event.at,
  };
  const [, [inserted]] = await db.batch([
    recordWhere(db, event, and(not(isThere(client)), not(wasLately(client, event.at)))),
    db
      .insert(clients)
      .select(sql`SELECT ${valuesOf(clients, row, { createdAt: NOW })} WHERE ${isRecorded(event)}`)
      .returning({ createdAt: clients.createdAt }),
  ]);
  return inserted?.createdAt ?? null;
}

function recordOf(row: typeof clients.$inferSelect): ClientRecord {
  return { ...clientOf(row), createdAt: row.createdAt };
}

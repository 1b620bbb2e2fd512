import { and, eq } from "drizzle-orm";
import type { Client, ClientGrant } from "../../core/client.ts";
import type { Clients, Clock } from "../../core/ports.ts";
import type { Database } from "./database.ts";
import { clients } from "./schema.ts";

const CACHE_SECONDS = 60;
/** Bounds what a stranger who tries client ids can make an isolate remember. */
const CACHE_ENTRIES = 1000;

/** Clients in D1, remembered by the isolate for a minute: starting a device grant costs no query. */
export function d1Clients(db: Database, clock: Clock): Clients {
  const cache = new Map<string, { client: Client; until: number }>();

  return {
    async find(tenantId, clientId) {
      const key = `${tenantId} ${clientId}`;
      const now = clock.now().getTime();
      const cached = cache.get(key);
      if (cached && cached.until > now) {
        return cached.client;
      }
      const client = await read(db, tenantId, clientId);
      if (client) {
        cache.size >= CACHE_ENTRIES && cache.clear();
        cache.set(key, { client, until: now + CACHE_SECONDS * 1000 });
      }
      return client;
    },
  };
}

async function read(db: Database, tenantId: string, clientId: string): Promise<Client | null> {
  const [row] = await db
    .select()
    .from(clients)
    .where(and(eq(clients.tenantId, tenantId), eq(clients.id, clientId)));
  return (
    (row && {
      id: row.id,
      tenantId: row.tenantId,
      name: row.name,
      grants: row.grants as ClientGrant[],
      scopes: row.scopes,
    }) ??
    null
  );
}

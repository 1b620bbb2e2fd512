import { and, eq, lte, sql } from "drizzle-orm";
import type { Client, ClientGrant, Clients } from "../../core/client.ts";
import type { Clock } from "../../core/ports.ts";
import type { Database } from "./database.ts";
import { clients, revokedTokens } from "./schema.ts";

const CACHE_SECONDS = 60;
/** Bounds what a stranger who tries client ids can make an isolate remember. */
const CACHE_ENTRIES = 1000;

interface Remembered {
  client: Client;
  secretHash: string | null;
  until: number;
}

/** Clients in D1, remembered by the isolate for a minute: what devices do often costs no query. */
export function d1Clients(db: Database, clock: Clock): Clients {
  const cache = new Map<string, Remembered>();

  function recall(tenantId: string, clientId: string): Remembered | null {
    const remembered = cache.get(`${tenantId} ${clientId}`);
    return remembered && remembered.until > clock.now().getTime() ? remembered : null;
  }

  async function look(tenantId: string, clientId: string): Promise<Remembered | null> {
    const found = await read(db, tenantId, clientId);
    if (!found) {
      return null;
    }
    cache.size >= CACHE_ENTRIES && cache.clear();
    const remembered = { ...found, until: clock.now().getTime() + CACHE_SECONDS * 1000 };
    cache.set(`${tenantId} ${clientId}`, remembered);
    return remembered;
  }

  return {
    async find(tenantId, clientId) {
      return (recall(tenantId, clientId) ?? (await look(tenantId, clientId)))?.client ?? null;
    },

    remembers: (tenantId, clientId) => recall(tenantId, clientId) !== null,

    async hasSecret({ tenantId, id }, secret) {
      const known = (recall(tenantId, id) ?? (await look(tenantId, id)))?.secretHash;
      return known ? isHashOf(secret, known) : false;
    },

    async revokeToken(token) {
      await db.insert(revokedTokens).values(token).onConflictDoNothing();
    },

    async isTokenGood({ tenantId, clientId, jti, issuedAt }) {
      const secondEndsAt = new Date(issuedAt.getTime() + 999);
      const isRevoked = sql`EXISTS (SELECT 1 FROM ${revokedTokens} WHERE ${eq(revokedTokens.jti, jti)})`;
      const [client] = await db
        .select({ id: clients.id })
        .from(clients)
        .where(
          and(
            eq(clients.tenantId, tenantId),
            eq(clients.id, clientId),
            lte(clients.createdAt, secondEndsAt),
            sql`NOT ${isRevoked}`,
          ),
        );
      return client !== undefined;
    },
  };
}

async function read(db: Database, tenantId: string, clientId: string) {
  const [row] = await db
    .select()
    .from(clients)
    .where(and(eq(clients.tenantId, tenantId), eq(clients.id, clientId)));
  if (!row) {
    return null;
  }
  const { id, name, owner, secretHash, scopes, redirectUris, resources, firstParty, samePlace } =
    row;
  const client: Client = {
    id,
    tenantId,
    name,
    owner,
    isConfidential: secretHash !== null,
    isFirstParty: firstParty,
    grants: row.grants as ClientGrant[],
    scopes,
    redirectUris,
    resources,
    samePlace,
  };
  return { client, secretHash };
}

/** A secret is 256 random bits: SHA-256 is slow enough. Compared in constant time. */
async function isHashOf(secret: string, lowerHexHash: string): Promise<boolean> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  const known = Uint8Array.fromHex(lowerHexHash);
  return known.byteLength === digest.byteLength && crypto.subtle.timingSafeEqual(digest, known);
}

import { sameBytes } from "../bytes/same-bytes.ts";
import { sha256 } from "../bytes/sha-256.ts";
import { CLIENT_CACHE_SECONDS, type Client, type Clients } from "../core/client/client.ts";
import type { Clock } from "../core/ports.ts";
import type { ClientStore } from "./d1/clients.ts";

/** Bounds what a stranger who tries client ids can make an isolate remember. */
const CACHE_ENTRIES = 1000;

interface Remembered {
  client: Client;
  secretHash: string | null;
  until: number;
}

/** Clients, remembered by the isolate for a minute: what devices do often asks no store. */
export function rememberClients(store: ClientStore, clock: Clock): Clients {
  const cache = new Map<string, Remembered>();

  function recall(tenantId: string, clientId: string): Remembered | null {
    const remembered = cache.get(`${tenantId} ${clientId}`);
    return remembered && remembered.until > clock.now().getTime() ? remembered : null;
  }

  async function look(tenantId: string, clientId: string): Promise<Remembered | null> {
    const found = await store.read(tenantId, clientId);
    if (!found) {
      return null;
    }
    cache.size >= CACHE_ENTRIES && cache.clear();
    const remembered = { ...found, until: clock.now().getTime() + CLIENT_CACHE_SECONDS * 1000 };
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

    revokeToken: store.revokeToken,
    isTokenGood: store.isTokenGood,
  };
}

/** A secret is 256 random bits: SHA-256 is slow enough. Compared in constant time. */
async function isHashOf(secret: string, lowerHexHash: string): Promise<boolean> {
  return sameBytes(await sha256(secret), Uint8Array.fromHex(lowerHexHash));
}

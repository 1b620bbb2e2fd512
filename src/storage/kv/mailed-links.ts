import { sha256Hex } from "../../bytes/sha-256-hex.ts";
import type { MailedLink, MailedLinks } from "../../core/mail/mailed-links.ts";

/**
 * Mailed links in KV, under the hash of their token: spread worldwide, gone by themselves. KV never
 * decides that a link is spent; the write that uses it in D1 does.
 */
export function kvMailedLinks(kv: KVNamespace): MailedLinks {
  return {
    async put(token, link, lifetimeSeconds) {
      await kv.put(await keyOf(link.purpose, token), JSON.stringify(link), {
        expirationTtl: lifetimeSeconds,
      });
    },

    async find(purpose, token) {
      return kv.get(await keyOf(purpose, token), "json");
    },

    async forget(purpose, token) {
      await kv.delete(await keyOf(purpose, token));
    },
  };
}

async function keyOf(purpose: MailedLink["purpose"], token: string): Promise<string> {
  return `${purpose}:${await sha256Hex(token)}`;
}

import { sha256 } from "../bytes/sha-256.ts";
import type { Vault } from "../core/ports.ts";
import { toBase64url } from "./base64url.ts";
import { deriveBits, type MasterSecrets, secretId } from "./master-secret.ts";
import { createSealer } from "./sealed-token.ts";

const NONCE_BYTES = 12;

/**
 * What is stored, sealed under a key derived from the master secret: AES-256-GCM whose nonce is an
 * HMAC of the content, so that the same content gives the same text and can be looked up by it. The
 * text begins with the id of its secret, which says what is left under one that is to go.
 */
export function createVault(secrets: MasterSecrets): Vault {
  const opener = createSealer(secrets);
  const current = createBox(secrets.current);
  const previous = secrets.previous === null ? null : createBox(secrets.previous);

  const open = (purpose: string, stored: string) =>
    opener.open(purpose, stored.slice(stored.indexOf(".") + 1));

  return {
    secretIds: async () => ({
      current: await secretId(secrets.current),
      previous: secrets.previous === null ? null : await secretId(secrets.previous),
    }),

    seal: current,
    open,

    async digests(purpose, content) {
      const digest = toBase64url(await sha256(content));
      const newest = await current(purpose, digest);
      return previous ? [newest, await previous(purpose, digest)] : [newest];
    },

    async move(purpose, stored) {
      const content = await open(purpose, stored);
      return content === null ? null : current(purpose, content);
    },
  };
}

/** Seals under one secret. */
function createBox(secret: string): (purpose: string, content: string) => Promise<string> {
  const keysOf = new Map<string, Awaited<ReturnType<typeof deriveKeys>>>();

  return async (purpose, content) => {
    const keys = keysOf.get(purpose) ?? (await deriveKeys(secret, purpose));
    keysOf.set(purpose, keys);
    const { id, nonceKey, key } = keys;
    const plain = new TextEncoder().encode(content);
    const mac = await crypto.subtle.sign("HMAC", nonceKey, plain);
    const iv = new Uint8Array(mac, 0, NONCE_BYTES);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
    return `${id}.${toBase64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]))}`;
  };
}

async function deriveKeys(secret: string, purpose: string) {
  const nonceBits = await deriveBits(secret, `latchkey/nonce/${purpose}`);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  // The key that the sealer opens with.
  const bits = await deriveBits(secret, `latchkey/AES-GCM/${purpose}`);
  return {
    id: await secretId(secret),
    nonceKey: await crypto.subtle.importKey("raw", nonceBits, hmac, false, ["sign"]),
    key: await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt"]),
  };
}

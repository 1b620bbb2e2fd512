import type { Sealer } from "../core/ports.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { deriveBits, type MasterSecrets } from "./master-secret.ts";

const MAC_BYTES = 32;
const NONCE_BYTES = 12;

type Kind = "HMAC" | "AES-GCM";
type KeyFor = (secret: string, purpose: string, kind: Kind) => Promise<CryptoKey>;

/**
 * Tokens under keys derived from the master secret, one for each purpose: HMAC-SHA-256 where equal
 * content must give equal tokens, AES-256-GCM where the content must not show. What the previous
 * secret made is still read.
 */
export function createSealer(secrets: MasterSecrets): Sealer {
  const keyFor = derivedKeys();
  return {
    ...signing(secrets, keyFor),
    ...sealing(secrets, keyFor),
    digests: (purpose, content) => digestsOf(secrets, keyFor, purpose, content),
  };
}

/** Derives a key once for each purpose of each secret. */
function derivedKeys(): KeyFor {
  const keys = new Map<string, CryptoKey>();
  return async (secret, purpose, kind) => {
    const label = `latchkey/${kind}/${purpose}`;
    const index = `${secret}\n${label}`;
    const key = keys.get(index) ?? (await importKey(await deriveBits(secret, label), kind));
    keys.set(index, key);
    return key;
  };
}

function readersOf({ current, previous }: MasterSecrets): string[] {
  return previous ? [current, previous] : [current];
}

function signing(secrets: MasterSecrets, keyFor: KeyFor): Pick<Sealer, "sign" | "verify"> {
  return {
    async sign(purpose, content) {
      const key = await keyFor(secrets.current, purpose, "HMAC");
      const mac = await crypto.subtle.sign("HMAC", key, bytes(content));
      return toBase64url(concat(content, new Uint8Array(mac)));
    },

    async verify(purpose, signed) {
      const token = fromBase64url(signed);
      if (!token || token.length <= MAC_BYTES) {
        return null;
      }
      const content = token.slice(0, -MAC_BYTES);
      const mac = token.slice(-MAC_BYTES);
      for (const secret of readersOf(secrets)) {
        const key = await keyFor(secret, purpose, "HMAC");
        if (await crypto.subtle.verify("HMAC", key, mac, content)) {
          return content;
        }
      }
      return null;
    },
  };
}

function sealing(secrets: MasterSecrets, keyFor: KeyFor): Pick<Sealer, "seal" | "open"> {
  return {
    async seal(purpose, content) {
      const key = await keyFor(secrets.current, purpose, "AES-GCM");
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const plain = new TextEncoder().encode(content);
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
      return toBase64url(concat(iv, new Uint8Array(sealed)));
    },

    async open(purpose, sealed) {
      const token = fromBase64url(sealed);
      if (!token || token.length <= NONCE_BYTES) {
        return null;
      }
      const iv = token.slice(0, NONCE_BYTES);
      for (const secret of readersOf(secrets)) {
        const key = await keyFor(secret, purpose, "AES-GCM");
        const plain = await crypto.subtle
          .decrypt({ name: "AES-GCM", iv }, key, token.slice(NONCE_BYTES))
          .catch(() => null);
        if (plain) {
          return new TextDecoder().decode(plain);
        }
      }
      return null;
    },
  };
}

async function digestsOf(
  { current, previous }: MasterSecrets,
  keyFor: KeyFor,
  purpose: string,
  content: string,
): Promise<[string, ...string[]]> {
  const digest = async (secret: string) => {
    // A purpose of its own, so that no digest is the MAC of a signed token.
    const key = await keyFor(secret, `digest/${purpose}`, "HMAC");
    const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(content));
    return toBase64url(new Uint8Array(mac));
  };
  const newest = await digest(current);
  return previous ? [newest, await digest(previous)] : [newest];
}

function importKey(bits: ArrayBuffer, kind: Kind): Promise<CryptoKey> {
  return kind === "HMAC"
    ? crypto.subtle.importKey("raw", bits, { name: "HMAC", hash: "SHA-256" }, false, [
        "sign",
        "verify",
      ])
    : crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function concat(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}

function bytes(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content);
}

import type { Clock, SigningKeyStore, StoredSigningKey, Vault } from "../core/ports.ts";
import { importPublicKey, makeSigningKey } from "./signing-key.ts";

/** Where keys could not be read anew, nobody tries again so soon: each try would hold a request up. */
const TRY_AGAIN_SECONDS = 5;

export interface LoadedKey extends StoredSigningKey {
  publicKey: CryptoKey;
  /** Opened when it signs for the first time. */
  privateKey: CryptoKey | null;
}

/** The stored signing keys as this isolate has read them, the newest first. Never empty. */
export interface KeyRing {
  /** Read so long ago at most, unless they cannot be read anew. */
  notOlderThan(seconds: number): Promise<LoadedKey[]>;
  /** As they are stored now. */
  readAnew(): Promise<LoadedKey[]>;
}

interface Cache {
  keys: LoadedKey[];
  loadedAt: number;
  /** When they could not be read anew last; 0 where they could. */
  failedAt: number;
}

/** Makes the first key where there is none. */
export function createKeyRing(store: SigningKeyStore, vault: Vault, clock: Clock): KeyRing {
  let cache: Cache | null = null;

  async function readAnew(): Promise<LoadedKey[]> {
    const stored = await store.list();
    if (stored.length === 0) {
      await store.insert(await makeSigningKey(vault, 1, clock.now(), clock.now()));
      return readAnew();
    }
    const keys = await Promise.all(stored.map(loadKey));
    cache = { keys, loadedAt: clock.now().getTime(), failedAt: 0 };
    return keys;
  }

  return {
    readAnew,

    async notOlderThan(seconds) {
      const known = cache;
      if (known && isRecent(known, seconds, clock.now())) {
        return known.keys;
      }
      return readAnew().catch((error) => keepOn(known, clock.now(), error));
    },
  };
}

function isRecent({ loadedAt, failedAt }: Cache, seconds: number, now: Date): boolean {
  const isWithin = (since: number, most: number) => now.getTime() - since < most * 1000;
  return isWithin(loadedAt, seconds) || isWithin(failedAt, TRY_AGAIN_SECONDS);
}

/** Keys that cannot be read anew stay good: an outage must not cost tokens that are already spent. */
function keepOn(known: Cache | null, now: Date, error: unknown): LoadedKey[] {
  if (!known) {
    throw error;
  }
  known.failedAt = now.getTime();
  return known.keys;
}

async function loadKey(stored: StoredSigningKey): Promise<LoadedKey> {
  return { ...stored, publicKey: await importPublicKey(stored), privateKey: null };
}

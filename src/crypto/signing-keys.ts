import type { JWK } from "jose";
import type { Clock, SigningKeyStore, StoredSigningKey, Vault } from "../core/ports.ts";
import { rotateSigningKeys } from "./rotate-signing-keys.ts";
import {
  hasTurn,
  importPublicKey,
  makeSigningKey,
  nextNumber,
  openPrivateKey,
} from "./signing-key.ts";

/** For as long an isolate goes on with what it has read, a key that was withdrawn since included. */
export const CACHE_SECONDS = 60;
/** A token with an unknown `kid` makes an isolate look again unless it did so this recently. */
const LOOK_AGAIN_SECONDS = 10;
/** Where keys could not be read anew, nobody tries again so soon: each try would hold a request up. */
const TRY_AGAIN_SECONDS = 5;
export interface SigningKeys {
  /** The key that signs now. Where no stored one may or can any more, a new one is made. */
  current(): Promise<Signer>;
  /** A published key; null when none has this id. */
  find(kid: string): Promise<CryptoKey | null>;
  /** RFC 7517 §5, public halves only. */
  jwks(): Promise<{ keys: JWK[] }>;
  /** Makes the next key once there is none, and removes those that no living token needs. */
  rotate(): Promise<void>;
}

export interface Signer {
  kid: string;
  privateKey: CryptoKey;
}

interface LoadedKey extends StoredSigningKey {
  publicKey: CryptoKey;
  /** Opened when it signs for the first time. */
  privateKey: CryptoKey | null;
}

interface Cache {
  keys: LoadedKey[];
  loadedAt: number;
  /** When they could not be read anew last; 0 where they could. */
  failedAt: number;
}

/**
 * The keys that sign access tokens. What a key is for follows from its times alone: next until it
 * activates, current until a newer one does, retired after that, and nothing once it is withdrawn.
 * Nothing has to be switched, so there is nothing to race for.
 */
export function createSigningKeys(store: SigningKeyStore, vault: Vault, clock: Clock): SigningKeys {
  let cache: Cache | null = null;

  async function load(): Promise<LoadedKey[]> {
    const stored = await store.list();
    if (stored.length === 0) {
      await store.insert(await makeSigningKey(vault, 1, clock.now(), clock.now()));
      return load();
    }
    const keys = await Promise.all(stored.map(loadKey));
    cache = { keys, loadedAt: clock.now().getTime(), failedAt: 0 };
    return keys;
  }

  async function keysNotOlderThan(seconds: number): Promise<LoadedKey[]> {
    const known = cache;
    if (known && isRecent(known, seconds, clock.now())) {
      return known.keys;
    }
    return load().catch((error) => keepOn(known, clock.now(), error));
  }

  /**
   * The newest active key that opens. Null when it was withdrawn, or the secret of all of them lost: a
   * key before a withdrawn one does not come back, whose last token is counted from its successor on.
   */
  async function findSigner(keys: readonly LoadedKey[]): Promise<Signer | null> {
    const now = clock.now();
    const active = keys.filter((key) => key.activatesAt <= now && hasTurn(key));
    // Where this clock is behind that of whoever made the first key, the oldest is active too.
    for (const key of active.length > 0 ? active : keys.slice(-1)) {
      if (key.withdrawnAt) {
        return null;
      }
      key.privateKey ??= await openPrivateKey(vault, key);
      if (key.privateKey) {
        return { kid: key.kid, privateKey: key.privateKey };
      }
    }
    return null;
  }

  return {
    async current() {
      const signer = await findSigner(await keysNotOlderThan(CACHE_SECONDS));
      // Somebody else may have made one since.
      return signer ?? (await findSigner(await load())) ?? makeSigner();
    },

    async find(kid) {
      const isIt = (key: LoadedKey) => key.kid === kid && !key.withdrawnAt;
      const known = (await keysNotOlderThan(CACHE_SECONDS)).find(isIt);
      const key = known ?? (await keysNotOlderThan(LOOK_AGAIN_SECONDS)).find(isIt);
      return key?.publicKey ?? null;
    },

    async jwks() {
      const keys = await keysNotOlderThan(CACHE_SECONDS);
      const published = keys.filter(({ withdrawnAt }) => !withdrawnAt);
      return { keys: published.map(({ publicJwk }) => JSON.parse(publicJwk)) };
    },

    rotate: () => rotateSigningKeys(store, vault, clock.now()),
  };

  async function makeSigner(): Promise<Signer> {
    const now = clock.now();
    await store.insert(await makeSigningKey(vault, nextNumber(cache?.keys ?? []), now, now));
    const signer = await findSigner(await load());
    if (!signer) {
      throw new Error("no signing key opens; see AUTH_SECRET_PREVIOUS");
    }
    return signer;
  }
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

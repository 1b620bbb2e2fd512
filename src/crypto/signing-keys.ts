import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { Clock, Sealer, SigningKeyStore, StoredSigningKey } from "../core/ports.ts";

const ALGORITHM = "ES256";
const PURPOSE = "signing-key";
const CACHE_SECONDS = 300;
/** A token with an unknown `kid` makes an isolate look again unless it did so this recently. */
const LOOK_AGAIN_SECONDS = 10;
const ROTATE_AFTER_SECONDS = 30 * 86_400;
/** How long a key is published before it signs: past every cache of the JWKS. */
const PUBLISHED_AHEAD_SECONDS = 86_400;
/** How long a key is published after it last signed: past the life of every token it signed. */
const PUBLISHED_AFTER_SECONDS = 2 * 86_400;

export interface SigningKeys {
  /** The key that signs now. */
  current(): Promise<{ kid: string; privateKey: CryptoKey }>;
  /** A published key; null when none has this id. */
  find(kid: string): Promise<CryptoKey | null>;
  /** RFC 7517 §5, public halves only. */
  jwks(): Promise<{ keys: JWK[] }>;
  /** Makes the next key when it is time and removes those that no living token needs. */
  rotate(): Promise<void>;
}

interface LoadedKey extends StoredSigningKey {
  publicKey: CryptoKey;
  /** Opened when it signs for the first time. */
  privateKey: CryptoKey | null;
}

/**
 * The keys that sign access tokens. What a key is for follows from its times alone: next until it
 * activates, current until a newer one does, retired after that. Nothing has to be switched, so
 * there is nothing to race for.
 */
export function createSigningKeys(
  store: SigningKeyStore,
  sealer: Sealer,
  clock: Clock,
): SigningKeys {
  let cache: { keys: LoadedKey[]; loadedAt: number } | null = null;

  async function load(): Promise<LoadedKey[]> {
    const stored = await store.list();
    if (stored.length === 0) {
      await store.insert(await makeKey(sealer, 1, clock.now(), clock.now()));
      return load();
    }
    const keys = await Promise.all(stored.map(importPublicKey));
    cache = { keys, loadedAt: clock.now().getTime() };
    return keys;
  }

  async function keysNotOlderThan(seconds: number): Promise<LoadedKey[]> {
    const isFresh = cache && clock.now().getTime() - cache.loadedAt < seconds * 1000;
    return cache && isFresh ? cache.keys : load();
  }

  return {
    async current() {
      const keys = await keysNotOlderThan(CACHE_SECONDS);
      const now = clock.now();
      // Where this clock is behind that of whoever made the first key, the oldest is active too.
      const key = keys.find(({ activatesAt }) => activatesAt <= now) ?? keys.at(-1);
      if (!key) {
        throw new Error("there is no signing key");
      }
      key.privateKey ??= await openPrivateKey(sealer, key);
      return { kid: key.kid, privateKey: key.privateKey };
    },

    async find(kid) {
      const known = (await keysNotOlderThan(CACHE_SECONDS)).find((key) => key.kid === kid);
      const key =
        known ?? (await keysNotOlderThan(LOOK_AGAIN_SECONDS)).find((other) => other.kid === kid);
      return key?.publicKey ?? null;
    },

    async jwks() {
      const keys = await keysNotOlderThan(CACHE_SECONDS);
      return { keys: keys.map(({ publicJwk }) => JSON.parse(publicJwk)) };
    },

    rotate: () => rotate(store, sealer, clock.now()),
  };
}

async function rotate(store: SigningKeyStore, sealer: Sealer, now: Date): Promise<void> {
  const keys = await store.list();
  const [newest] = keys;
  const seconds = (since: Date) => (now.getTime() - since.getTime()) / 1000;
  if (newest && seconds(newest.activatesAt) > ROTATE_AFTER_SECONDS) {
    const activatesAt = new Date(now.getTime() + PUBLISHED_AHEAD_SECONDS * 1000);
    await store.insert(await makeKey(sealer, newest.number + 1, now, activatesAt));
  }
  const unused = keys.filter((_, index) => {
    const successor = keys[index - 1];
    return successor && seconds(successor.activatesAt) > PUBLISHED_AFTER_SECONDS;
  });
  if (unused.length > 0) {
    await store.remove(unused.map(({ number }) => number));
  }
}

async function makeKey(
  sealer: Sealer,
  number: number,
  createdAt: Date,
  activatesAt: Date,
): Promise<StoredSigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const kid = crypto.randomUUID();
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: "sig" };
  return {
    number,
    kid,
    publicJwk: JSON.stringify(publicJwk),
    sealedPrivateJwk: await sealer.seal(PURPOSE, JSON.stringify(await exportJWK(privateKey))),
    createdAt,
    activatesAt,
  };
}

async function importPublicKey(key: StoredSigningKey): Promise<LoadedKey> {
  const publicKey = await importJWK(JSON.parse(key.publicJwk), ALGORITHM);
  return { ...key, publicKey: publicKey as CryptoKey, privateKey: null };
}

async function openPrivateKey(sealer: Sealer, key: StoredSigningKey): Promise<CryptoKey> {
  const privateJwk = await sealer.open(PURPOSE, key.sealedPrivateJwk);
  if (privateJwk === null) {
    throw new Error(
      `signing key ${key.number} was sealed under another AUTH_SECRET; set that one as AUTH_SECRET_PREVIOUS`,
    );
  }
  return (await importJWK(JSON.parse(privateJwk), ALGORITHM)) as CryptoKey;
}

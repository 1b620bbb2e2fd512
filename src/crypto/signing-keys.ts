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
/** How long a key is published after it last signed: past the life of every token it signed, 90 days at most. */
const PUBLISHED_AFTER_SECONDS = 91 * 86_400;

export interface SigningKeys {
  /** The key that signs now. Where no stored one opens any more, a new one is made. */
  current(): Promise<Signer>;
  /** A published key; null when none has this id. */
  find(kid: string): Promise<CryptoKey | null>;
  /** RFC 7517 §5, public halves only. */
  jwks(): Promise<{ keys: JWK[] }>;
  /** Makes the next key when it is time and removes those that no living token needs. */
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

  /** Keys that cannot be read anew stay good: an outage must not cost tokens that are already spent. */
  async function keysNotOlderThan(seconds: number): Promise<LoadedKey[]> {
    const known = cache;
    if (!known) {
      return load();
    }
    const isFresh = clock.now().getTime() - known.loadedAt < seconds * 1000;
    return isFresh ? known.keys : load().catch(() => known.keys);
  }

  /** The newest active key that opens; null when the secret of all of them was lost or withdrawn. */
  async function findSigner(keys: readonly LoadedKey[]): Promise<Signer | null> {
    const now = clock.now();
    const active = keys.filter(({ activatesAt }) => activatesAt <= now);
    // Where this clock is behind that of whoever made the first key, the oldest is active too.
    for (const key of active.length > 0 ? active : keys.slice(-1)) {
      key.privateKey ??= await openPrivateKey(sealer, key);
      if (key.privateKey) {
        return { kid: key.kid, privateKey: key.privateKey };
      }
    }
    return null;
  }

  return {
    async current() {
      const keys = await keysNotOlderThan(CACHE_SECONDS);
      const signer = await findSigner(keys);
      if (signer) {
        return signer;
      }
      const now = clock.now();
      const number = (keys[0]?.number ?? 0) + 1;
      await store.insert(await makeKey(sealer, number, now, now));
      const replacement = await findSigner(await load());
      if (!replacement) {
        throw new Error("no signing key opens; see AUTH_SECRET_PREVIOUS");
      }
      return replacement;
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

/** Null when it was sealed under a secret that is not known any more. */
async function openPrivateKey(sealer: Sealer, key: StoredSigningKey): Promise<CryptoKey | null> {
  const privateJwk = await sealer.open(PURPOSE, key.sealedPrivateJwk);
  return privateJwk === null
    ? null
    : ((await importJWK(JSON.parse(privateJwk), ALGORITHM)) as CryptoKey);
}

import { exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type { Clock, SigningKeyStore, StoredSigningKey, Vault } from "../core/ports.ts";

const ALGORITHM = "ES256";
const PURPOSE = "signing-key";
/** For as long an isolate goes on with what it has read, a key that was withdrawn since included. */
export const CACHE_SECONDS = 60;
/** A token with an unknown `kid` makes an isolate look again unless it did so this recently. */
const LOOK_AGAIN_SECONDS = 10;
/** Where keys could not be read anew, nobody tries again so soon: each try would hold a request up. */
const TRY_AGAIN_SECONDS = 5;
const SIGNS_FOR_SECONDS = 30 * 86_400;
/** How long a key is published at least before it signs: past every cache of the JWKS. */
const PUBLISHED_AHEAD_SECONDS = 86_400;
/** How long a key is published after it last signed: past the life of every token it signed, 90 days at most. */
const PUBLISHED_AFTER_SECONDS = 91 * 86_400;

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
      await store.insert(await makeKey(vault, 1, clock.now(), clock.now()));
      return load();
    }
    const keys = await Promise.all(stored.map(importPublicKey));
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

    rotate: () => rotate(store, vault, clock.now()),
  };

  async function makeSigner(): Promise<Signer> {
    const now = clock.now();
    await store.insert(await makeKey(vault, nextNumber(cache?.keys ?? []), now, now));
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

async function rotate(store: SigningKeyStore, vault: Vault, now: Date): Promise<void> {
  const keys = await store.list();
  const [newest] = keys.filter(({ withdrawnAt }) => !withdrawnAt);
  if (newest && newest.activatesAt <= now) {
    const since = newest.activatesAt.getTime() + SIGNS_FOR_SECONDS * 1000;
    const activatesAt = new Date(Math.max(since, now.getTime() + PUBLISHED_AHEAD_SECONDS * 1000));
    await store.insert(await makeKey(vault, nextNumber(keys), now, activatesAt));
  }
  const opens = await Promise.all(keys.map((key) => vault.open(PURPOSE, key.sealedPrivateJwk)));
  const seconds = (since: Date) => (now.getTime() - since.getTime()) / 1000;
  const unused = keys.filter((_, index) => {
    // The one before a key that a lost secret sealed may have gone on: that counts as no successor.
    const successor = keys.findLast((key, at) => at < index && hasTurn(key) && opens[at] !== null);
    return successor && seconds(successor.activatesAt) > PUBLISHED_AFTER_SECONDS;
  });
  if (unused.length > 0) {
    await store.remove(unused.map(({ number }) => number));
  }
}

/** False for a key that was withdrawn before it was to sign: the one before it goes on. */
function hasTurn({ activatesAt, withdrawnAt }: StoredSigningKey): boolean {
  return !withdrawnAt || withdrawnAt >= activatesAt;
}

function nextNumber([newest]: readonly StoredSigningKey[]): number {
  return (newest?.number ?? 0) + 1;
}

async function makeKey(
  vault: Vault,
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
    sealedPrivateJwk: await vault.seal(PURPOSE, JSON.stringify(await exportJWK(privateKey))),
    createdAt,
    activatesAt,
    withdrawnAt: null,
  };
}

async function importPublicKey(key: StoredSigningKey): Promise<LoadedKey> {
  const publicKey = await importJWK(JSON.parse(key.publicJwk), ALGORITHM);
  return { ...key, publicKey: publicKey as CryptoKey, privateKey: null };
}

/** Null when it was sealed under a secret that is not known any more. */
async function openPrivateKey(vault: Vault, key: StoredSigningKey): Promise<CryptoKey | null> {
  const privateJwk = await vault.open(PURPOSE, key.sealedPrivateJwk);
  return privateJwk === null
    ? null
    : ((await importJWK(JSON.parse(privateJwk), ALGORITHM)) as CryptoKey);
}

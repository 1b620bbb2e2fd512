import type { JWK } from "jose";
import type { Clock, SigningKeyStore, Vault } from "../core/ports.ts";
import { createKeyRing, type LoadedKey } from "./key-ring.ts";
import { rotateSigningKeys } from "./rotate-signing-keys.ts";
import { hasTurn, makeSigningKey, nextNumber, openPrivateKey } from "./signing-key.ts";

/** For as long an isolate goes on with what it has read, a key that was withdrawn since included. */
export const CACHE_SECONDS = 60;
/** A token with an unknown `kid` makes an isolate look again unless it did so this recently. */
const LOOK_AGAIN_SECONDS = 10;

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

/**
 * The keys that sign access tokens. What a key is for follows from its times alone: next until it
 * activates, current until a newer one does, retired after that, and nothing once it is withdrawn.
 * Nothing has to be switched, so there is nothing to race for.
 */
export function createSigningKeys(store: SigningKeyStore, vault: Vault, clock: Clock): SigningKeys {
  const ring = createKeyRing(store, vault, clock);
  const signerOf = (keys: readonly LoadedKey[]) => findSigner(keys, vault, clock.now());

  async function makeSigner(keys: readonly LoadedKey[]): Promise<Signer> {
    const now = clock.now();
    await store.insert(await makeSigningKey(vault, nextNumber(keys), now, now));
    const signer = await signerOf(await ring.readAnew());
    if (!signer) {
      throw new Error("no signing key opens; see AUTH_SECRET_PREVIOUS");
    }
    return signer;
  }

  return {
    async current() {
      const signer = await signerOf(await ring.notOlderThan(CACHE_SECONDS));
      if (signer) {
        return signer;
      }
      // Somebody else may have made one since.
      const keys = await ring.readAnew();
      return (await signerOf(keys)) ?? makeSigner(keys);
    },

    async find(kid) {
      const isIt = (key: LoadedKey) => key.kid === kid && !key.withdrawnAt;
      const known = (await ring.notOlderThan(CACHE_SECONDS)).find(isIt);
      const key = known ?? (await ring.notOlderThan(LOOK_AGAIN_SECONDS)).find(isIt);
      return key?.publicKey ?? null;
    },

    async jwks() {
      const keys = await ring.notOlderThan(CACHE_SECONDS);
      const published = keys.filter(({ withdrawnAt }) => !withdrawnAt);
      return { keys: published.map(({ publicJwk }) => JSON.parse(publicJwk)) };
    },

    rotate: () => rotateSigningKeys(store, vault, clock.now()),
  };
}

/**
 * The newest active key that opens. Null when it was withdrawn, or the secret of all of them lost: a
 * key before a withdrawn one does not come back, whose last token is counted from its successor on.
 */
async function findSigner(
  keys: readonly LoadedKey[],
  vault: Vault,
  now: Date,
): Promise<Signer | null> {
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

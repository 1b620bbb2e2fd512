import type { SigningKeyStore, Vault } from "../core/ports.ts";
import { hasTurn, makeSigningKey, nextNumber, openPrivateKey } from "./signing-key.ts";

const SIGNS_FOR_SECONDS = 30 * 86_400;
/** How long a key is published at least before it signs: past every cache of the JWKS. */
const PUBLISHED_AHEAD_SECONDS = 86_400;
/** How long a key is published after it last signed: past the life of every token it signed, 90 days at most. */
const PUBLISHED_AFTER_SECONDS = 91 * 86_400;

/** Makes the next key once there is none, and removes those that no living token needs. */
export async function rotateSigningKeys(
  store: SigningKeyStore,
  vault: Vault,
  now: Date,
): Promise<void> {
  const keys = await store.list();
  const [newest] = keys.filter(({ withdrawnAt }) => !withdrawnAt);
  if (newest && newest.activatesAt <= now) {
    const since = newest.activatesAt.getTime() + SIGNS_FOR_SECONDS * 1000;
    const activatesAt = new Date(Math.max(since, now.getTime() + PUBLISHED_AHEAD_SECONDS * 1000));
    await store.insert(await makeSigningKey(vault, nextNumber(keys), now, activatesAt));
  }
  const opens = await Promise.all(keys.map((key) => openPrivateKey(vault, key)));
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

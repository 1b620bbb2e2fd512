import { deriveBits, type MasterSecrets, secretId } from "./master-secret.ts";

/** What a password is mixed with before it is hashed, so that the database alone tells nothing of it. */
export interface Pepper {
  /** Which master secret it came from. */
  id: string;
  key: CryptoKey;
}

export interface Peppers {
  current: Pepper;
  previous: Pepper | null;
}

/** Derives them when they are first asked for. */
export function createPeppers({ current, previous }: MasterSecrets): () => Promise<Peppers> {
  let peppers: Peppers | undefined;

  return async () => {
    peppers ??= {
      current: await derivePepper(current),
      previous: previous ? await derivePepper(previous) : null,
    };
    return peppers;
  };
}

async function derivePepper(secret: string): Promise<Pepper> {
  const bits = await deriveBits(secret, "latchkey/pepper");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bits, algorithm, false, ["sign"]);
  return { id: await secretId(secret), key };
}

import { sameBytes } from "../bytes/same-bytes.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { giveWay } from "./give-way.ts";
import type { Pepper, Peppers } from "./peppers.ts";

/** Production Workers refuse more in one call. The local runtime does not: a test pins this. */
export const ITERATIONS_PER_CALL = 100_000;

export interface Parameters {
  iterations: number;
  salt: Uint8Array<ArrayBuffer>;
}

/**
 * An HMAC of the password under a pepper that the database does not hold, then PBKDF2-HMAC-SHA-256
 * in chained calls, each hashing the one before. The HMAC also gives every password the same length:
 * PBKDF2 alone pads short ones with zeros and takes `a` for `a\0`. Between two calls the event loop is
 * let go on, so that a hash delays other requests by one call.
 */
export async function chainedHash(
  password: string,
  { salt, iterations }: Parameters,
  pepper: Pepper,
  stillHere: () => void,
): Promise<Uint8Array> {
  let link = await crypto.subtle.sign("HMAC", pepper.key, new TextEncoder().encode(password));
  for (let left = iterations; left > 0; left -= ITERATIONS_PER_CALL) {
    const key = await crypto.subtle.importKey("raw", link, "PBKDF2", false, ["deriveBits"]);
    const rounds = Math.min(left, ITERATIONS_PER_CALL);
    const params = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
    link = await crypto.subtle.deriveBits(params, key, 256);
    stillHere();
    await giveWay();
  }
  return new Uint8Array(link);
}

/** As it is stored: `$pbkdf2-sha256-chain$i=600000,k=<pepper id>$<salt>$<hash>`. */
export function writeHash(
  { iterations, salt }: Parameters,
  pepperId: string,
  hash: Uint8Array,
): string {
  const parameters = `i=${iterations},k=${pepperId}`;
  return `$pbkdf2-sha256-chain$${parameters}$${toBase64url(salt)}$${toBase64url(hash)}`;
}

const FORMAT = /^\$pbkdf2-sha256-chain\$i=(\d+),k=([0-9a-f]{8})\$([\w-]+)\$([\w-]+)$/;

/** Null for what is no hash of ours. */
export function readHash(stored: string) {
  const [, iterations, pepperId, saltText, hashText] = stored.match(FORMAT) ?? [];
  const salt = fromBase64url(saltText ?? "");
  const hash = fromBase64url(hashText ?? "");
  return pepperId && salt && hash
    ? { parameters: { iterations: Number(iterations), salt }, pepperId, hash }
    : null;
}

/** Whether a password fits, and how many iterations that took. Null, or without its pepper: nothing to compare with. */
export async function compareOwnHash(
  hash: string | null,
  password: string,
  { current, previous }: Peppers,
  stillHere: () => void,
): Promise<{ fits: boolean; paid: number }> {
  const stored = hash === null ? null : readHash(hash);
  const pepper = [current, previous].find((known) => known?.id === stored?.pepperId);
  if (!stored || !pepper) {
    return { fits: false, paid: 0 };
  }
  const computed = await chainedHash(password, stored.parameters, pepper, stillHere);
  return { fits: sameBytes(computed, stored.hash), paid: stored.parameters.iterations };
}

import type { PasswordHashes } from "../core/ports.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import { openForeignHash } from "./foreign-hash/seal-foreign-hash.ts";
import { compareForeignHash } from "./foreign-hash/verify-foreign-hash.ts";
import { giveWay } from "./give-way.ts";
import { createHashGate } from "./hash-gate.ts";
import { deriveBits, type MasterSecrets, secretId } from "./master-secret.ts";
import { createVault } from "./vault.ts";

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage cheat sheet). */
export const ITERATIONS = 600_000;
/** Production Workers refuse more in one call. The local runtime does not: a test pins this. */
export const ITERATIONS_PER_CALL = 100_000;
/**
 * How many of our own hashes a wrong password costs at most that is compared with none so dear. What is
 * beyond is waited for: with the dearest, a single address could else keep an isolate hashing by all
 * the guesses that its fence lets through.
 */
const MOST_COMPUTED = 4;
const SALT_BYTES = 16;

interface Parameters {
  iterations: number;
  salt: Uint8Array<ArrayBuffer>;
}

interface Pepper {
  /** Which master secret it came from. */
  id: string;
  key: CryptoKey;
}

/**
 * An HMAC of the password under a pepper that the database does not hold, then PBKDF2-HMAC-SHA-256
 * in chained calls, each hashing the one before. The HMAC also gives every password the same length:
 * PBKDF2 alone pads short ones with zeros and takes `a` for `a\0`. Stored as
 * `$pbkdf2-sha256-chain$i=600000,k=<pepper id>$<salt>$<hash>`. What another system hashed is checked
 * as that system did, and is outdated from the start. What is begun is handed to `outlive`, to be
 * finished whether or not somebody waits for it.
 */
export function createPasswordHashes(
  secrets: MasterSecrets,
  iterations: number = ITERATIONS,
  outlive?: (hash: Promise<unknown>) => void,
): PasswordHashes {
  const gate = createHashGate(outlive);
  const vault = createVault(secrets);
  let peppers: { current: Pepper; previous: Pepper | null } | undefined;

  async function loadPeppers() {
    peppers ??= {
      current: await derivePepper(secrets.current),
      previous: secrets.previous ? await derivePepper(secrets.previous) : null,
    };
    return peppers;
  }

  /** One of our own, compared within the gate. Null, or without its pepper: nothing to compare with. */
  async function compareOwn(hash: string | null, password: string, stillHere: () => void) {
    const { current, previous } = await loadPeppers();
    const stored = hash === null ? null : parse(hash);
    const pepper = [current, previous].find((known) => known?.id === stored?.pepperId);
    if (!stored || !pepper) {
      return { fits: false, paid: 0 };
    }
    const computed = await chain(password, stored.parameters, pepper, stillHere);
    return { fits: equal(computed, stored.hash), paid: stored.parameters.iterations };
  }

  return {
    refuseWhenFull: gate.refuseWhenFull,

    async hash(password) {
      const { current } = await loadPeppers();
      const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
      const parameters = { iterations, salt };
      const computed = await gate.enter((stillHere) =>
        chain(password, parameters, current, stillHere),
      );
      return format(parameters, current.id, computed);
    },

    async verify(password, hash, { asTyped = password, dearestHash = null } = {}) {
      const { current } = await loadPeppers();
      const foreign = hash === null ? null : await openForeignHash(vault, hash);
      const wrongCosts = Math.max(iterations, dearestHash ?? 0);
      const computed = Math.min(wrongCosts, MOST_COMPUTED * iterations);
      // Entered once: refused after a comparison, a wrong guess would be told from a right one, uncounted.
      const { fits, leftMs } = await gate.enter(async (stillHere) => {
        const startedAt = Date.now();
        const { fits, paid } = foreign
          ? await compareForeignHash(foreign, { password, asTyped }, computed, stillHere)
          : await compareOwn(hash, password, stillHere);
        const cost = fits ? iterations : computed;
        const rest = { iterations: cost - paid, salt: new Uint8Array(SALT_BYTES) };
        await chain(password, rest, current, stillHere);
        const done = Math.max(paid, cost);
        return { fits, leftMs: ((wrongCosts - done) / done) * (Date.now() - startedAt) };
      });
      if (!fits && leftMs > 0) {
        await scheduler.wait(leftMs);
      }
      return fits;
    },

    async isOutdated(hash) {
      const { current } = await loadPeppers();
      const stored = parse(hash);
      return stored?.parameters.iterations !== iterations || stored.pepperId !== current.id;
    },
  };
}

/** Between two calls the event loop is let go on, so that a hash delays other requests by one call. */
async function chain(
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

function format({ iterations, salt }: Parameters, pepperId: string, hash: Uint8Array): string {
  const parameters = `i=${iterations},k=${pepperId}`;
  return `$pbkdf2-sha256-chain$${parameters}$${toBase64url(salt)}$${toBase64url(hash)}`;
}

const FORMAT = /^\$pbkdf2-sha256-chain\$i=(\d+),k=([0-9a-f]{8})\$([\w-]+)\$([\w-]+)$/;

function parse(stored: string) {
  const [, iterations, pepperId, saltText, hashText] = stored.match(FORMAT) ?? [];
  const salt = fromBase64url(saltText ?? "");
  const hash = fromBase64url(hashText ?? "");
  return pepperId && salt && hash
    ? { parameters: { iterations: Number(iterations), salt }, pepperId, hash }
    : null;
}

async function derivePepper(secret: string): Promise<Pepper> {
  const bits = await deriveBits(secret, "latchkey/pepper");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bits, algorithm, false, ["sign"]);
  return { id: await secretId(secret), key };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

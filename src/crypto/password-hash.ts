import type { PasswordHashes } from "../core/ports.ts";
import { chainedHash, compareOwnHash, readHash, writeHash } from "./chained-hash.ts";
import { openForeignHash } from "./foreign-hash/seal-foreign-hash.ts";
import { compareForeignHash } from "./foreign-hash/verify-foreign-hash.ts";
import { createHashGate } from "./hash-gate.ts";
import type { MasterSecrets } from "./master-secret.ts";
import { createPeppers } from "./peppers.ts";
import { createVault } from "./vault.ts";

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage cheat sheet). */
export const ITERATIONS = 600_000;
/**
 * How many of our own hashes a wrong password costs at most that is compared with none so dear. What is
 * beyond is waited for: with the dearest, a single address could else keep an isolate hashing by all
 * the guesses that its fence lets through.
 */
const MOST_COMPUTED = 4;
const SALT_BYTES = 16;

/**
 * Hashes of our own, one at a time in an isolate. What another system hashed is checked as that system
 * did, and is outdated from the start. What is begun is handed to `outlive`, to be finished whether or
 * not somebody waits for it.
 */
export function createPasswordHashes(
  secrets: MasterSecrets,
  iterations: number = ITERATIONS,
  outlive?: (hash: Promise<unknown>) => void,
): PasswordHashes {
  const gate = createHashGate(outlive);
  const vault = createVault(secrets);
  const loadPeppers = createPeppers(secrets);

  return {
    refuseWhenFull: gate.refuseWhenFull,

    async hash(password) {
      const { current } = await loadPeppers();
      const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
      const parameters = { iterations, salt };
      const computed = await gate.enter((stillHere) =>
        chainedHash(password, parameters, current, stillHere),
      );
      return writeHash(parameters, current.id, computed);
    },

    async verify(password, hash, { asTyped = password, dearestHash = null } = {}) {
      const peppers = await loadPeppers();
      const foreign = hash === null ? null : await openForeignHash(vault, hash);
      const wrongCosts = Math.max(iterations, dearestHash ?? 0);
      const computed = Math.min(wrongCosts, MOST_COMPUTED * iterations);
      // Entered once: refused after a comparison, a wrong guess would be told from a right one, uncounted.
      const { fits, leftMs } = await gate.enter(async (stillHere) => {
        const startedAt = Date.now();
        const { fits, paid } = foreign
          ? await compareForeignHash(foreign, { password, asTyped }, computed, stillHere)
          : await compareOwnHash(hash, password, peppers, stillHere);
        const cost = fits ? iterations : computed;
        const rest = { iterations: cost - paid, salt: new Uint8Array(SALT_BYTES) };
        await chainedHash(password, rest, peppers.current, stillHere);
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
      const stored = readHash(hash);
      return stored?.parameters.iterations !== iterations || stored.pepperId !== current.id;
    },
  };
}

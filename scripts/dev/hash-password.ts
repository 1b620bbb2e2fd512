import { scheduler } from "node:timers/promises";
import { createPasswordHashes, ITERATIONS } from "../../src/crypto/password-hash.ts";
import { Problem } from "../problem.ts";

/**
 * Hashes a password as the Worker does. Refuses a Node that was started without what the Worker's
 * runtime has: `--js-base-64`.
 */
export async function hashPassword(
  password: string,
  secrets: { current: string; previous: string | null },
  iterations = ITERATIONS,
): Promise<string> {
  if (!("toBase64" in Uint8Array.prototype)) {
    throw new Problem(
      "Node was started without --js-base-64.",
      "Start it as package.json does: npm run dev",
    );
  }
  if (!("scheduler" in globalThis)) {
    Object.assign(globalThis, { scheduler });
  }
  return createPasswordHashes(secrets, iterations).hash(password);
}

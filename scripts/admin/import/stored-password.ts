import type { Vault } from "../../../src/core/ports.ts";
import { readForeignHash } from "../../../src/crypto/foreign-hash/foreign-hash.ts";
import { iterationsWorth } from "../../../src/crypto/foreign-hash/iterations-worth.ts";
import {
  FOREIGN_HASH_PURPOSE,
  sealForeignHash,
} from "../../../src/crypto/foreign-hash/seal-foreign-hash.ts";
import { ITERATIONS } from "../../../src/crypto/password-hash.ts";
import { RowProblem } from "./row-problem.ts";

const OWN = /^\$pbkdf2-sha256-chain\$i=(\d{1,7}),k=([0-9a-f]{8})\$[\w-]{22}\$[\w-]{43}$/;
const SEALED = /^[0-9a-f]{8}\.[\w-]+$/;

export interface StoredPassword {
  hash: string | null;
  /** What a foreign one costs to check, in iterations of our own, where it is more than one of ours. */
  dearness: number | null;
}

/** What a row's password is stored as: our own as it is, what was sealed here as it is, any other sealed. */
export async function storedPassword(
  { vault, iterations }: { vault: Vault; iterations: number },
  given: string | null,
): Promise<StoredPassword> {
  if (given === null) {
    return { hash: null, dearness: null };
  }
  if (given.startsWith("$pbkdf2-sha256-chain$")) {
    await refuseUnusable(vault, iterations, given);
    return { hash: given, dearness: null };
  }
  const opened = SEALED.test(given) ? await vault.open(FOREIGN_HASH_PURPOSE, given) : given;
  if (opened === null) {
    throw new RowProblem("password_hash is sealed under another AUTH_SECRET");
  }
  const worth = iterationsWorth(readForeignHash(opened));
  return {
    hash: opened === given ? await sealForeignHash(vault, given) : given,
    dearness: worth > ITERATIONS ? worth : null,
  };
}

/**
 * Nobody could sign in with what has another pepper. What has more iterations than are made here would,
 * wrong, take longer than an address without an account, and so tell of one.
 */
async function refuseUnusable(vault: Vault, most: number, given: string): Promise<void> {
  const [, iterations, pepperId] = OWN.exec(given) ?? [];
  if (pepperId === undefined) {
    throw new RowProblem("password_hash is not written as one of ours is");
  }
  if (Number(iterations) > most || Number(iterations) < 1) {
    throw new RowProblem(
      `password_hash may have 1 to ${most} iterations, as PASSWORD_ITERATIONS says, and has ${iterations}`,
    );
  }
  const { current, previous } = await vault.secretIds();
  if (pepperId !== current && pepperId !== previous) {
    throw new RowProblem("password_hash was made under another AUTH_SECRET");
  }
}

import type { Vault } from "../../core/ports.ts";
import { type ForeignHash, readForeignHash } from "./foreign-hash.ts";

/** What foreign hashes are sealed for. */
export const FOREIGN_HASH_PURPOSE = "foreign-password-hash";

/**
 * What a foreign hash is stored as. It has no pepper, so it is sealed: a copy of the database alone is
 * nothing to guess passwords from. Throws a `ForeignHashProblem` for what could not be checked later.
 */
export async function sealForeignHash(vault: Vault, text: string): Promise<string> {
  readForeignHash(text);
  return vault.seal(FOREIGN_HASH_PURPOSE, text);
}

/** Null for what is none, for what no known secret opens, and for what costs too much by now. */
export async function openForeignHash(vault: Vault, stored: string): Promise<ForeignHash | null> {
  // Hashes of our own begin with a dollar sign.
  const text = stored.startsWith("$") ? null : await vault.open(FOREIGN_HASH_PURPOSE, stored);
  try {
    return text === null ? null : readForeignHash(text);
  } catch {
    return null;
  }
}

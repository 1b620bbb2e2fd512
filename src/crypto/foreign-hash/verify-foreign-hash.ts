import { giveWay } from "../give-way.ts";
import type { ForeignHash } from "./foreign-hash.ts";

type Gate = <T>(work: (stillHere: () => void) => Promise<T>) => Promise<T>;

/**
 * Whether a password in one of its spellings is the one of a hash that another system made: others
 * hashed what was typed, some in the one form that is compared here. Through the gate of our own hashes.
 */
export async function fitsForeignHash(
  foreign: ForeignHash,
  spellings: ReadonlySet<string>,
  enter: Gate,
): Promise<boolean> {
  for (const spelling of spellings) {
    if (await enter((stillHere) => fits(spelling, foreign, stillHere))) {
      return true;
    }
  }
  return false;
}

/** Each scheme's code loads with its first use: nobody else waits for it. */
async function fits(
  password: string,
  foreign: ForeignHash,
  stillHere: () => void,
): Promise<boolean> {
  const matches = await compare(password, foreign, stillHere);
  stillHere();
  await giveWay();
  return matches;
}

async function compare(
  password: string,
  foreign: ForeignHash,
  stillHere: () => void,
): Promise<boolean> {
  switch (foreign.scheme) {
    case "bcrypt":
      return (await import("./bcrypt.ts")).fitsBcrypt(password, foreign.text);
    case "scrypt":
      return equal(await (await import("./scrypt.ts")).scryptOf(password, foreign), foreign.hash);
    case "firebase-scrypt":
      return equal(
        await (await import("./scrypt.ts")).firebaseScryptOf(password, foreign),
        foreign.hash,
      );
    case "argon2id":
      return equal(
        await (await import("./argon2id.ts")).argon2idOf(password, foreign),
        foreign.hash,
      );
    case "pbkdf2":
      return equal(
        await (await import("./pbkdf2.ts")).pbkdf2Of(password, foreign, stillHere),
        foreign.hash,
      );
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

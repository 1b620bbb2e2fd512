import { sameBytes } from "../../bytes/same-bytes.ts";
import { giveWay } from "../give-way.ts";
import type { ForeignHash } from "./foreign-hash.ts";
import { iterationsWorth } from "./iterations-worth.ts";

/**
 * Whether a password is the one of a hash that another system made, and how many iterations of our own
 * that took. Others hashed what was typed, some in the one form that is compared here. Where those
 * differ, the less likely one is tried only while both cost no more than `budget`: with what is left of
 * it added, every hash that costs no more costs the same.
 */
export async function compareForeignHash(
  foreign: ForeignHash,
  { password, asTyped }: { password: string; asTyped: string },
  budget: number,
  stillHere: () => void,
): Promise<{ fits: boolean; paid: number }> {
  const worth = iterationsWorth(foreign);
  // Of all that are read here better-auth alone, with its scrypt, hashes NFKC.
  const spellings = foreign.scheme === "scrypt" ? [password, asTyped] : [asTyped, password];
  let paid = 0;
  for (const spelling of new Set(spellings)) {
    if (paid > 0 && paid + worth > budget) {
      break;
    }
    paid += worth;
    if (await fits(spelling, foreign, stillHere)) {
      return { fits: true, paid };
    }
  }
  return { fits: false, paid };
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
      return sameBytes(
        await (await import("./scrypt.ts")).scryptOf(password, foreign),
        foreign.hash,
      );
    case "firebase-scrypt":
      return sameBytes(
        await (await import("./scrypt.ts")).firebaseScryptOf(password, foreign),
        foreign.hash,
      );
    case "argon2id":
      return sameBytes(
        await (await import("./argon2id.ts")).argon2idOf(password, foreign),
        foreign.hash,
      );
    case "pbkdf2":
      return sameBytes(
        await (await import("./pbkdf2.ts")).pbkdf2Of(password, foreign, stillHere),
        foreign.hash,
      );
  }
}

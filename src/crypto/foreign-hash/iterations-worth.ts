import type { ForeignHash } from "./foreign-hash.ts";

/** What PBKDF2-SHA-256 by the platform costs, once and again, where it is asked for. */
const PLATFORM = { "SHA-1": 1, "SHA-256": 1, "SHA-512": 3 };
/** The same in JavaScript, which it is above what the platform computes in one call. */
const IN_STEPS = { "SHA-1": 20, "SHA-256": 20, "SHA-512": 30 };

/**
 * How many iterations of our own hash take about as long, as measured in the local runtime. A wrong
 * password costs on a foreign hash what is left to one of our own.
 */
export function iterationsWorth(foreign: ForeignHash): number {
  switch (foreign.scheme) {
    case "bcrypt":
      return 2 ** foreign.cost * 600;
    case "scrypt":
    case "firebase-scrypt":
      return foreign.n * foreign.r * foreign.p * 2;
    case "argon2id":
      return foreign.memoryKib * foreign.passes * 9;
    case "pbkdf2":
      return (
        foreign.iterations * (foreign.iterations > 100_000 ? IN_STEPS : PLATFORM)[foreign.digest]
      );
  }
}

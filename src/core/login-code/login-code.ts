import type { Randomness, Sealer } from "../ports.ts";
import { drawReadableCode, lettersOf } from "../readable-code.ts";
import type { Mailbox } from "./login-codes.ts";

const DIGITS = 6;
const CODES = 10 ** DIGITS;
/** Numbers past the last whole multiple of all codes would favour the first of them. */
const FAIR = 2 ** 32 - (2 ** 32 % CODES);
/** Thirteen letters: 65 bits. */
const LONG_GROUPS = [4, 4, 5];

/** Draws six digits, each code as likely as any other. */
export function drawLoginCode(randomness: Randomness): string {
  for (;;) {
    const number = new DataView(randomness.bytes(4).slice().buffer).getUint32(0);
    if (number < FAIR) {
      return String(number % CODES).padStart(DIGITS, "0");
    }
  }
}

/** Draws a code that nobody guesses, however often they may try. */
export function drawLongLoginCode(randomness: Randomness): string {
  return drawReadableCode(randomness, LONG_GROUPS);
}

/** What a code of this mailbox may be kept as, typed in any case, with spaces or dashes. */
export function digestsOfLoginCode(
  sealer: Sealer,
  { tenantId, email }: Mailbox,
  code: string,
): Promise<[string, ...string[]]> {
  return sealer.digests("login-code", [tenantId, email, lettersOf(code)].join("\n"));
}

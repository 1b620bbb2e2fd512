import type { Randomness, Sealer } from "../ports.ts";
import type { Mailbox } from "./login-codes.ts";

const DIGITS = 6;
const CODES = 10 ** DIGITS;
/** Numbers past the last whole multiple of all codes would favour the first of them. */
const FAIR = 2 ** 32 - (2 ** 32 % CODES);

/** Draws six digits, each code as likely as any other. */
export function drawLoginCode(randomness: Randomness): string {
  for (;;) {
    const number = new DataView(randomness.bytes(4).slice().buffer).getUint32(0);
    if (number < FAIR) {
      return String(number % CODES).padStart(DIGITS, "0");
    }
  }
}

/** What a code of this mailbox, typed with spaces or without, may be kept as. */
export function digestsOfLoginCode(
  sealer: Sealer,
  { tenantId, email }: Mailbox,
  code: string,
): Promise<[string, ...string[]]> {
  return sealer.digests("login-code", [tenantId, email, code.replace(/\s/g, "")].join("\n"));
}

import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { commonPasswords } from "./common-passwords.ts";

/** One form for all the ways a keyboard can compose the same characters. NIST SP 800-63B §3.1.1.2. */
export function normalisePassword(password: string): string {
  return password.normalize("NFKC");
}

/**
 * Refuses a new password that is easy to guess, and says why: too short, on the list of common
 * ones, made of the person's own names, or known from a breach where that look-up is on. No rules
 * about what it must be composed of.
 */
export async function refuseWeakPassword(
  { settings, breachedPasswords }: Context,
  password: string,
  own: { email: string; name: string | null },
): Promise<Refused<"weak_password"> | null> {
  const issue =
    tooShort(password, settings.passwordMinLength) ??
    tooCommon(password) ??
    madeOfOwnNames(password, own) ??
    ((await breachedPasswords.includes(password))
      ? "is known from a data breach; choose another"
      : null);
  return issue ? new Refused("weak_password", { fields: [{ field: "password", issue }] }) : null;
}

function tooShort(password: string, minLength: number): string | null {
  return [...password].length < minLength ? `must have at least ${minLength} characters` : null;
}

function tooCommon(password: string): string | null {
  const folded = password.toLowerCase();
  const isOneCharacter = new Set(folded).size === 1;
  return isOneCharacter || commonPasswords().has(folded)
    ? "is among the first that anyone would try; choose another"
    : null;
}

const SERVICE_NAME = "latchkey";
/** Shorter words are in too many good passwords. */
const SHORTEST_NAME = 3;
/** How many letters must be left beside the person's own names and any digits. */
const OWN_LETTERS_LEFT = 4;

function madeOfOwnNames(
  password: string,
  { email, name }: { email: string; name: string | null },
): string | null {
  const names = normalisePassword(`${email} ${name ?? ""} ${SERVICE_NAME}`)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= SHORTEST_NAME)
    .sort((a, b) => b.length - a.length);
  const folded = password.toLowerCase();
  const rest = names.reduce((left, word) => left.replaceAll(word, ""), folded);
  const lettersLeft = rest.match(/\p{L}/gu)?.length ?? 0;
  return rest !== folded && lettersLeft < OWN_LETTERS_LEFT
    ? "is made of your own name or address; choose another"
    : null;
}

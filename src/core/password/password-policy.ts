import type { Context } from "../ports.ts";
import { type PasswordRule, Refused } from "../refused.ts";
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
  const { passwordMinLength } = settings;
  const rule =
    brokenRule(password, own, passwordMinLength) ??
    ((await breachedPasswords.includes(password)) ? "breached" : null);
  const issue = rule && issues[rule](passwordMinLength);
  return issue
    ? new Refused("weak_password", { fields: [{ field: "password", issue, rule }] })
    : null;
}

const issues: Readonly<Record<PasswordRule, (minLength: number) => string>> = {
  too_short: (minLength) => `must have at least ${minLength} characters`,
  too_common: () => "is among the first that anyone would try; choose another",
  own_names: () => "is made of your own name or address; choose another",
  breached: () => "is known from a data breach; choose another",
};

function brokenRule(
  password: string,
  own: { email: string; name: string | null },
  minLength: number,
): PasswordRule | null {
  if ([...password].length < minLength) {
    return "too_short";
  }
  if (isTooCommon(password)) {
    return "too_common";
  }
  return isMadeOfOwnNames(password, own) ? "own_names" : null;
}

function isTooCommon(password: string): boolean {
  const folded = password.toLowerCase();
  const isOneCharacter = new Set(folded).size === 1;
  return isOneCharacter || commonPasswords().has(folded);
}

const SERVICE_NAME = "latchkey";
/** Shorter words are in too many good passwords. */
const SHORTEST_NAME = 3;
/** How many letters must be left beside the person's own names and any digits. */
const OWN_LETTERS_LEFT = 4;

function isMadeOfOwnNames(
  password: string,
  { email, name }: { email: string; name: string | null },
): boolean {
  const names = normalisePassword(`${email} ${name ?? ""} ${SERVICE_NAME}`)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= SHORTEST_NAME)
    .sort((a, b) => b.length - a.length);
  const folded = password.toLowerCase();
  const rest = names.reduce((left, word) => left.replaceAll(word, ""), folded);
  const lettersLeft = rest.match(/\p{L}/gu)?.length ?? 0;
  return rest !== folded && lettersLeft < OWN_LETTERS_LEFT;
}

import type { CoreSettings } from "../ports.ts";
import { SITE_FACTOR, siteOf } from "../throttle/site-of.ts";
import type { UserCodeGuess } from "./user-codes.ts";

/** How long a wrong user code counts. */
export const WRONG_CODE_SECONDS = 15 * 60;

export type UserCodeLimits = Pick<CoreSettings, "wrongUserCodes" | "wrongUserCodesOfAll">;

/** Whose wrong codes are counted together, and how many end it. */
export interface Guesser {
  name: string;
  limit: number;
}

/**
 * All that a wrong user code counts against. The account, and where it came from, or many accounts would
 * have many guesses; everybody together, or many places would. RFC 8628 §5.1.
 */
export function guessersOf(
  { accountId, address }: UserCodeGuess,
  { wrongUserCodes, wrongUserCodesOfAll }: UserCodeLimits,
): readonly Guesser[] {
  const site = siteOf(address);
  return [
    { name: `account ${accountId}`, limit: wrongUserCodes },
    { name: `address ${address}`, limit: wrongUserCodes },
    ...(site ? [{ name: `site ${site}`, limit: wrongUserCodes * SITE_FACTOR }] : []),
    { name: "everyone", limit: wrongUserCodesOfAll },
  ];
}

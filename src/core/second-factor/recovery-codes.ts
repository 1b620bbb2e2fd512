import type { Context, Randomness } from "../ports.ts";
import { drawReadableCode, lettersOf } from "../readable-code.ts";

const PURPOSE = "recovery-code";
const COUNT = 8;
const GROUPS = [5, 5];

/** Eight new codes of 50 bits, for whoever has lost their authenticator app. */
export function drawRecoveryCodes(randomness: Randomness): string[] {
  return Array.from({ length: COUNT }, () => drawReadableCode(randomness, GROUPS));
}

/** What new codes are stored as: nobody can read a code from it, or use it for another account. */
export function recoveryDigests(
  context: Pick<Context, "vault">,
  accountId: string,
  codes: readonly string[],
): Promise<string[]> {
  return Promise.all(codes.map(async (code) => (await digestsOf(context, accountId, code))[0]));
}

/**
 * What a typed code may be stored as, in any case, with spaces or dashes: under the current master
 * secret or the one before.
 */
export function digestsOfRecoveryCode(
  context: Pick<Context, "vault">,
  accountId: string,
  typed: string,
): Promise<readonly string[]> {
  return digestsOf(context, accountId, typed);
}

function digestsOf({ vault }: Pick<Context, "vault">, accountId: string, typed: string) {
  return vault.digests(PURPOSE, `${accountId} ${lettersOf(typed)}`);
}

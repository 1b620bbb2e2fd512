import type { Credentials } from "../account/account.ts";
import type { Context } from "../ports.ts";
import type { Terms } from "../terms.ts";

const LIFETIME_SECONDS = 300;

/** How often one is tried, and for how long that counts: no shorter than it lives. */
export const CHALLENGE_TRIES = 5;
export const CHALLENGE_SECONDS = 2 * LIFETIME_SECONDS;

/** A password that was right, sealed until the second factor is given. */
export interface Challenge {
  tenantId: string;
  accountId: string;
  /** Fixed here, so that one challenge opens one session. */
  sessionId: string;
  clientType: string | null;
  /** When the password was set that was right: another one makes the challenge worthless. */
  passwordChangedAt: number;
  expiresAt: number;
}

export async function sealChallenge(
  { clock, randomness, sealer, tenantId, terms }: Context,
  { account, passwordChangedAt }: Credentials,
  clientType: string | null,
): Promise<string> {
  const now = clock.now();
  const challenge: Challenge = {
    tenantId,
    accountId: account.id,
    sessionId: randomness.id(now),
    clientType,
    passwordChangedAt: passwordChangedAt.getTime(),
    expiresAt: now.getTime() + LIFETIME_SECONDS * 1000,
  };
  return (
    (terms.challengePrefix ?? "") + (await sealer.seal(purpose(terms), JSON.stringify(challenge)))
  );
}

/** Null for everything that this contract did not issue for this tenant, or not lately. */
export async function openChallenge(
  { clock, sealer, tenantId, terms }: Context,
  token: string,
): Promise<Challenge | null> {
  const prefix = terms.challengePrefix ?? "";
  const content = token.startsWith(prefix)
    ? await sealer.open(purpose(terms), token.slice(prefix.length))
    : null;
  const challenge = content === null ? null : (JSON.parse(content) as Challenge);
  const isGood = challenge?.tenantId === tenantId && challenge.expiresAt > clock.now().getTime();
  return isGood ? challenge : null;
}

/** A challenge of one contract is not a challenge of another. */
function purpose({ contract }: Terms): string {
  return `challenge/${contract}`;
}

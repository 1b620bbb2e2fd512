import type { Credentials } from "../account/account.ts";
import { challengesOf } from "../passkey/ceremony.ts";
import { provePasskey } from "../passkey/prove-passkey.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import {
  acceptSecondFactor,
  checkSecondFactor,
  refuseSecondFactor,
} from "../second-factor/prove-second-factor.ts";
import type { GivenSecondFactor, SecondFactorProof } from "../second-factor/second-factor.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { type Challenge, openChallenge } from "./challenge.ts";
import { openSessionOnce, type SignedIn } from "./open-session.ts";

/** What was given in the second step; a passkey's answer, where there is one, in place of a code. */
export interface SecondStep extends GivenSecondFactor {
  challengeToken: string;
  passkeyAnswer?: string | undefined;
}

/**
 * The second step of signing in: the second factor, beside the token that stands for the password.
 * A token opens one session and takes five tries; each is counted before it is checked.
 */
export async function finishSignIn(
  context: Context,
  step: SecondStep,
): Promise<SignedIn | Refused<"challenge_invalid" | "second_factor_invalid" | "rate_limited">> {
  const challenge = await openChallenge(context, step.challengeToken);
  if (!challenge) {
    return new Refused("challenge_invalid");
  }
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  await context.accessTokens.prepare();
  const proved = await prove(context, challenge, step);
  if (proved instanceof Refused) {
    return proved;
  }
  const { clientType, sessionId } = challenge;
  const signedIn = await openSessionOnce(context, { ...proved, clientType, sessionId });
  if (signedIn === "opened before") {
    return new Refused("challenge_invalid");
  }
  if (!signedIn) {
    return refuseSecondFactor(context, proved.credentials.account, proved.secondFactor);
  }
  acceptSecondFactor(context, proved.credentials, proved.secondFactor);
  return signedIn;
}

interface Proved {
  credentials: Credentials;
  secondFactor: SecondFactorProof;
}

async function prove(
  context: Context,
  challenge: Challenge,
  { challengeToken, passkeyAnswer, ...given }: SecondStep,
): Promise<Proved | Refused<"challenge_invalid" | "second_factor_invalid" | "rate_limited">> {
  if (!(await context.throttle.challenge(challenge.sessionId))) {
    return new Refused("challenge_invalid");
  }
  if (passkeyAnswer !== undefined) {
    return proveByPasskey(context, challenge, challengeToken, passkeyAnswer);
  }
  const credentials = await context.accounts.findCredentials({ accountId: challenge.accountId });
  if (!isAsItWas(challenge, credentials) || !credentials.secondFactor) {
    return new Refused("challenge_invalid");
  }
  const secondFactor = await checkSecondFactor(
    context,
    credentials.account,
    credentials.secondFactor,
    given,
  );
  return secondFactor instanceof Refused ? secondFactor : { credentials, secondFactor };
}

/** A passkey cannot be guessed: only the tries of the challenge are counted, not the account's. */
async function proveByPasskey(
  context: Context,
  challenge: Challenge,
  challengeToken: string,
  answer: string,
): Promise<Proved | Refused<"challenge_invalid" | "second_factor_invalid">> {
  const challenges = await challengesOf(context, challengeToken);
  const proved = await provePasskey(context, answer, { challenges, isOnlyFactor: false });
  if (proved?.credentials.account.id !== challenge.accountId) {
    return new Refused("second_factor_invalid");
  }
  return isAsItWas(challenge, proved.credentials) ? proved : new Refused("challenge_invalid");
}

/** False when the account is gone, disabled, or has another password since. */
function isAsItWas(
  { passwordChangedAt }: Challenge,
  credentials: Credentials | null,
): credentials is Credentials {
  return credentials?.passwordChangedAt.getTime() === passwordChangedAt && !credentials.disabled;
}

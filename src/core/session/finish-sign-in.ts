import type { Credentials } from "../account/account.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { acceptSecondFactor, checkSecondFactor } from "../second-factor/prove-second-factor.ts";
import type { GivenSecondFactor, SecondFactorProof } from "../second-factor/second-factor.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { type Challenge, openChallenge } from "./challenge.ts";
import { openSession, type SignedIn } from "./open-session.ts";

/**
 * The second step of signing in: the second factor, beside the token that stands for the password.
 * A token opens one session and takes five tries; each is counted before it is checked.
 */
export async function finishSignIn(
  context: Context,
  { challengeToken, ...given }: { challengeToken: string } & GivenSecondFactor,
): Promise<SignedIn | Refused<"challenge_invalid" | "second_factor_invalid" | "rate_limited">> {
  const challenge = await openChallenge(context, challengeToken);
  if (!challenge) {
    return new Refused("challenge_invalid");
  }
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  await context.accessTokens.prepare();
  const proved = await prove(context, challenge, given);
  if (proved instanceof Refused) {
    return proved;
  }
  const { clientType, sessionId } = challenge;
  const signedIn = await openSession(context, { ...proved, clientType, sessionId });
  if (signedIn === "opened before") {
    return new Refused("challenge_invalid");
  }
  if (!signedIn) {
    return new Refused("second_factor_invalid");
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
  given: GivenSecondFactor,
): Promise<Proved | Refused<"challenge_invalid" | "second_factor_invalid" | "rate_limited">> {
  if (!(await context.throttle.challenge(challenge.sessionId))) {
    return new Refused("challenge_invalid");
  }
  const credentials = await credentialsOf(context, challenge);
  if (!credentials?.secondFactor) {
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

/** Null when the account is gone, disabled, or has another password since. */
async function credentialsOf(
  { accounts }: Context,
  { accountId, passwordChangedAt }: Challenge,
): Promise<Credentials | null> {
  const found = await accounts.findCredentials({ accountId });
  const isUnchanged = found?.passwordChangedAt.getTime() === passwordChangedAt;
  return found && isUnchanged && !found.disabled ? found : null;
}

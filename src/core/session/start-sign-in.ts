import { checkPassword } from "../password/check-password.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { sealChallenge } from "./challenge.ts";
import { openSession, type SignedIn } from "./open-session.ts";
import type { PasswordSignIn } from "./sign-in.ts";

/** A right password whose account has a second factor: the token stands for it until that is given. */
export interface SecondFactorChallenge {
  challengeToken: string;
}

/**
 * Signs an account in with its password or, where it has a second factor, takes the first of two
 * steps: nothing is opened and nothing ends until `finishSignIn`.
 */
export async function startSignIn(
  context: Context,
  { email, password, clientType = null }: Omit<PasswordSignIn, "code" | "recoveryCode">,
): Promise<SignedIn | SecondFactorChallenge | Refused<"invalid_credentials" | "rate_limited">> {
  await context.accessTokens.prepare();
  const credentials = await checkPassword(context, { email, password });
  if (credentials instanceof Refused) {
    return credentials;
  }
  if (credentials.secondFactor) {
    return { challengeToken: await sealChallenge(context, credentials, clientType) };
  }
  const signedIn = await openSession(context, { credentials, secondFactor: "absent", clientType });
  return signedIn ?? new Refused("invalid_credentials");
}

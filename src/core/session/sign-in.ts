import { checkPassword } from "../password/check-password.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import {
  acceptSecondFactor,
  proveSecondFactor,
  refuseSecondFactor,
} from "../second-factor/prove-second-factor.ts";
import type { GivenSecondFactor } from "../second-factor/second-factor.ts";
import { openSession, type SignedIn } from "./open-session.ts";

export interface PasswordSignIn extends GivenSecondFactor {
  email: string;
  password: string;
  /** What the client says it is, where a contract asks. */
  clientType?: string | null;
}

/** Signs an account in with its password and, where it has one, its second factor, in one request. */
export async function signIn(
  context: Context,
  { email, password, clientType, ...given }: PasswordSignIn,
): Promise<
  | SignedIn
  | Refused<
      "invalid_credentials" | "second_factor_required" | "second_factor_invalid" | "rate_limited"
    >
> {
  await context.accessTokens.prepare();
  const credentials = await checkPassword(context, { email, password });
  if (credentials instanceof Refused) {
    return credentials;
  }
  const proof = await proveSecondFactor(context, credentials, given);
  if (proof instanceof Refused) {
    return proof;
  }
  const signedIn = await openSession(context, { credentials, secondFactor: proof, clientType });
  if (!signedIn) {
    return proof === "absent"
      ? new Refused("invalid_credentials")
      : refuseSecondFactor(context, credentials.account, proof);
  }
  acceptSecondFactor(context, credentials, proof);
  return signedIn;
}

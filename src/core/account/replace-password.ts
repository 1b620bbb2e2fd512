import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import {
  acceptSecondFactor,
  proveSecondFactor,
  refuseSecondFactor,
} from "../second-factor/prove-second-factor.ts";
import type { GivenSecondFactor } from "../second-factor/second-factor.ts";
import { checkPassword } from "../session/check-password.ts";
import type { Caller } from "../session/session.ts";
import type { Credentials } from "./account.ts";
import { normaliseEmail } from "./email-address.ts";
import { normalisePassword } from "./password-policy.ts";
import { storeNewPassword } from "./store-new-password.ts";

/**
 * Sets a new password with the old one, and ends every other session. No session is needed for it;
 * one that is sent along must be the same account's.
 *
 * Without the session of a person who signed in with it, a second factor is asked for: a stolen
 * password alone must not lock its owner out.
 */
export async function replacePassword(
  context: Context,
  { caller, email, oldPassword, newPassword, ...given }: PasswordReplacement,
): Promise<
  | { accountId: string; email: string }
  | Refused<
      | "invalid_credentials"
      | "second_factor_required"
      | "second_factor_invalid"
      | "password_unchanged"
      | "weak_password"
      | "rate_limited"
    >
> {
  // Known from what was sent alone: to say so confirms nothing.
  if (normalisePassword(oldPassword) === normalisePassword(newPassword)) {
    return new Refused("password_unchanged");
  }
  if (caller && caller.account.email !== normaliseEmail(email)) {
    return new Refused("invalid_credentials");
  }
  const credentials = await checkPassword(context, { email, password: oldPassword });
  if (credentials instanceof Refused) {
    return credentials;
  }
  const own = caller && isOwnFullSignIn(caller) ? caller.session : null;
  const refused = own ? null : await spendSecondFactor(context, credentials, given);
  if (refused) {
    return refused;
  }
  const unstored = await storeNewPassword(context, credentials, newPassword, {
    currentPassword: oldPassword,
    keepSessionId: own?.id ?? null,
    field: "newPassword",
  });
  const { account } = credentials;
  return unstored ?? { accountId: account.id, email: account.email };
}

export interface PasswordReplacement extends GivenSecondFactor {
  caller: Caller | null;
  email: string;
  oldPassword: string;
  newPassword: string;
}

function isOwnFullSignIn({ session }: Caller): boolean {
  return session.scope === null && session.actorId === null;
}

/** Spent before the password is stored: a crash between costs a code, never a replay. */
async function spendSecondFactor(
  context: Context,
  credentials: Credentials,
  given: GivenSecondFactor,
): Promise<Refused<"second_factor_required" | "second_factor_invalid" | "rate_limited"> | null> {
  const { clock, randomness, secondFactors } = context;
  const proof = await proveSecondFactor(context, credentials, given);
  if (proof === "absent") {
    return null;
  }
  if (proof instanceof Refused) {
    return proof;
  }
  const spentOn = randomness.id(clock.now());
  if (!(await secondFactors.spend(credentials.account.id, proof, spentOn))) {
    return refuseSecondFactor(context, credentials.account);
  }
  acceptSecondFactor(context, credentials, proof);
  return null;
}

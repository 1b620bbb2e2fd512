import type { Caller } from "../caller/caller.ts";
import { orLost, type StillIn } from "../caller/still-in.ts";
import { normaliseEmail } from "../email-address.ts";
import { checkPassword } from "../password/check-password.ts";
import { normalisePassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import {
  acceptSecondFactor,
  proveSecondFactor,
  refuseSecondFactor,
} from "../second-factor/prove-second-factor.ts";
import type { GivenSecondFactor, SecondFactorProof } from "../second-factor/second-factor.ts";
import type { Credentials } from "./account.ts";
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
      | "access_token_invalid"
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
  const secondFactor = own ? "absent" : await proveSecondFactor(context, credentials, given);
  if (secondFactor instanceof Refused) {
    return secondFactor;
  }
  const still = { at: context.clock.now(), beforePasswordChange: true } as const;
  const by = own && { sessionId: own.id, ...still };
  const passwords = { oldPassword, newPassword, by };
  const unstored = await store(context, credentials, secondFactor, passwords);
  const { account } = credentials;
  return unstored ? orLost(context, by, unstored) : { accountId: account.id, email: account.email };
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

async function store(
  context: Context,
  credentials: Credentials,
  secondFactor: SecondFactorProof | "absent",
  {
    oldPassword: currentPassword,
    newPassword,
    by,
  }: { oldPassword: string; newPassword: string; by: StillIn | null },
) {
  const unstored = await storeNewPassword(context, credentials, newPassword, {
    currentPassword,
    secondFactor,
    by,
    field: "newPassword",
  });
  if (!unstored) {
    acceptSecondFactor(context, credentials, secondFactor);
    return null;
  }
  // The password was right a moment ago: it is the factor that was spent.
  return unstored.reason === "invalid_credentials" && secondFactor !== "absent"
    ? refuseSecondFactor(context, credentials.account, secondFactor)
    : unstored;
}

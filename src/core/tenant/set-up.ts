import { normaliseEmail } from "../account/email-address.ts";
import { newAccount } from "../account/new-account.ts";
import { normalisePassword, refuseWeakPassword } from "../account/password-policy.ts";
import { nameFromParts } from "../account/person-name.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { enterNewAccount } from "../session/enter-new-account.ts";
import type { SignedIn } from "../session/open-session.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

export interface FirstRegistration {
  email: string;
  password: string;
  givenName: string;
  familyName: string;
}

/**
 * Makes a tenant's first account, its superadmin, and signs it in. The insert decides who is first;
 * the look before it is so that a closed door costs no hash.
 */
export async function setUp(
  context: Context,
  { email, password: typedPassword, givenName, familyName }: FirstRegistration,
): Promise<SignedIn | Refused<"setup_complete" | "weak_password" | "rate_limited">> {
  const { accessTokens, accounts, passwordHashes, tenantId } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  if (await accounts.hasAny(tenantId)) {
    return new Refused("setup_complete");
  }
  const account = newAccount(context, {
    email: normaliseEmail(email),
    name: nameFromParts(givenName, familyName),
    role: "superadmin",
  });
  const password = normalisePassword(typedPassword);
  const weak = await refuseWeakPassword(context, password, account);
  if (weak) {
    return weak;
  }
  await accessTokens.prepare();
  const passwordHash = await passwordHashes.hash(password);
  const signedIn = await enterNewAccount(context, { account, passwordHash, mustBeFirst: true });
  return signedIn ?? new Refused("setup_complete");
}

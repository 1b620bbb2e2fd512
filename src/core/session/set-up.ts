import { newAccount } from "../account/new-account.ts";
import { nameFromParts } from "../account/person-name.ts";
import { normaliseEmail } from "../email-address.ts";
import { normalisePassword, refuseWeakPassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { enterNewAccount } from "./enter-new-account.ts";
import type { SignedIn } from "./open-session.ts";

export interface FirstRegistration {
  email: string;
  password: string;
  givenName: string;
  familyName: string;
}

/**
 * Makes a tenant's first account, its superadmin, and signs it in. The insert decides who is first;
 * the look before it is so that a closed door costs no hash. In a tenant where people do not register
 * themselves a stranger could be first: there an operator makes the superadmin.
 */
export async function setUp(
  context: Context,
  { email, password: typedPassword, givenName, familyName }: FirstRegistration,
): Promise<
  SignedIn | Refused<"setup_complete" | "registration_closed" | "weak_password" | "rate_limited">
> {
  const { accessTokens, passwordHashes, tenantId, tenants } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const setUp = await tenants.findSetUp(tenantId);
  if (setUp !== "open") {
    return new Refused(setUp === "done" ? "setup_complete" : "registration_closed");
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

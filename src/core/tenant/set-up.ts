import type { Account } from "../account/account.ts";
import { normaliseEmail } from "../account/email-address.ts";
import { newAccount } from "../account/new-account.ts";
import { newCredentials } from "../account/new-credentials.ts";
import { normalisePassword, refuseWeakPassword } from "../account/password-policy.ts";
import { nameFromParts } from "../account/person-name.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { openSession, type SignedIn } from "../session/open-session.ts";
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
  if (!(await accounts.insertFirst(account, passwordHash))) {
    return new Refused("setup_complete");
  }
  return enter(context, account, passwordHash);
}

async function enter(context: Context, account: Account, passwordHash: string): Promise<SignedIn> {
  const { tenantId, email } = account;
  context.afterwards(context.mailQueue.send({ kind: "verify-email", tenantId, email }));
  const credentials = newCredentials(account, passwordHash);
  const signedIn = await openSession(context, { credentials, secondFactor: "absent" });
  if (!signedIn || signedIn === "opened before") {
    throw new Error("the account was changed while it was made");
  }
  return signedIn;
}

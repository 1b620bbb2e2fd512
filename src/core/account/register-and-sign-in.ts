import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { openSession, type SignedIn } from "../session/open-session.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import { normaliseEmail } from "./email-address.ts";
import { newAccount } from "./new-account.ts";
import { newCredentials } from "./new-credentials.ts";
import { normalisePassword, refuseWeakPassword } from "./password-policy.ts";
import { nameFromWhole } from "./person-name.ts";
import type { Registration } from "./register.ts";

/**
 * Creates an account and signs it in at once, in contracts that tell when an address is taken. How
 * often an address can be asked about is counted before the insert, which decides.
 */
export async function registerAndSignIn(
  context: Context,
  { email: typedEmail, password: typedPassword, name, clientType }: SigningInRegistration,
): Promise<
  SignedIn | Refused<"registration_closed" | "address_taken" | "weak_password" | "rate_limited">
> {
  const { accessTokens, accounts, passwordHashes, tenants, throttle, tenantId } = context;
  const email = normaliseEmail(typedEmail);
  const password = normalisePassword(typedPassword);

  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  if (!(await tenants.isOpenForRegistration(tenantId))) {
    return new Refused("registration_closed");
  }
  const weak = await refuseWeakPassword(context, password, { email, name });
  if (weak) {
    return weak;
  }
  await accessTokens.prepare();
  const passwordHash = await passwordHashes.hash(password);
  const wait = await throttle.mail({ kind: "verify-email", tenantId, email });
  if (wait) {
    return waitOut(wait);
  }
  const account = newAccount(context, { email, name: nameFromWhole(name) });
  if (!(await accounts.insert(account, passwordHash))) {
    return new Refused("address_taken", { fields: [{ field: "email", issue: "has an account" }] });
  }
  return enter(context, newCredentials(account, passwordHash), clientType);
}

export interface SigningInRegistration extends Registration {
  /** What the client says it is, where a contract asks. */
  clientType?: string | null;
}

/** The letter is ordered beside the answer: without it the account is no less made. */
async function enter(
  context: Context,
  credentials: ReturnType<typeof newCredentials>,
  clientType: string | null | undefined,
): Promise<SignedIn> {
  const { tenantId, email } = credentials.account;
  context.afterwards(context.mailQueue.send({ kind: "verify-email", tenantId, email }));
  const signedIn = await openSession(context, { credentials, secondFactor: "absent", clientType });
  if (!signedIn || signedIn === "opened before") {
    throw new Error("the account was changed while it was made");
  }
  return signedIn;
}

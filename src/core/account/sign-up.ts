import { normaliseEmail } from "../email-address.ts";
import { tellOwner } from "../mail/notify-owner.ts";
import { normalisePassword, refuseWeakPassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { accountMade } from "./account-made.ts";
import { addressVerified } from "./address-verified.ts";
import { newAccount } from "./new-account.ts";
import { nameFromParts } from "./person-name.ts";

/** The sign-up carries no secret: whoever asks first after the proof gets the account. */
const PROOF_LIFETIME_MS = 3600 * 1000;

/**
 * Creates an account for an address that was proved within an hour. That it is taken is told only
 * where it was proved: to anybody else a taken address is as good as a free one.
 */
export async function signUp(
  context: Context,
  { email: typedEmail, password: typedPassword, givenName, familyName }: SignUp,
): Promise<
  | { accountId: string }
  | Refused<
      | "registration_closed"
      | "address_unproved"
      | "address_taken"
      | "weak_password"
      | "rate_limited"
    >
> {
  const { accounts, clock, passwordHashes } = context;
  const email = normaliseEmail(typedEmail);
  const password = normalisePassword(typedPassword);
  const name = nameFromParts(givenName, familyName);

  const refused =
    (await fenceCredentials(context)) ??
    (await refuseClosedOrUnproved(context, email)) ??
    (await refuseWeakPassword(context, password, { email, name: name.name }));
  if (refused) {
    return refused;
  }
  const passwordHash = await passwordHashes.hash(password);
  const account = newAccount(context, { email, name, emailVerifiedAt: clock.now() });
  const event = accountMade(context, account);
  const verified = addressVerified(context, account);
  if (!(await accounts.insert({ account, passwordHash, event, verified }))) {
    return new Refused("address_taken");
  }
  // Who proved the address and who signs it up may be two: its owner hears of the account.
  context.afterwards(tellOwner(context, "account-made", account));
  return { accountId: account.id };
}

export interface SignUp {
  email: string;
  password: string;
  givenName: string;
  familyName: string;
}

async function refuseClosedOrUnproved(
  { addressProofs, clock, tenantId, tenants }: Context,
  email: string,
): Promise<Refused<"registration_closed" | "address_unproved" | "address_taken"> | null> {
  if (!(await tenants.isOpenForRegistration(tenantId))) {
    return new Refused("registration_closed");
  }
  const since = new Date(clock.now().getTime() - PROOF_LIFETIME_MS);
  const { isProved, isTaken } = await addressProofs.find(tenantId, email, since);
  if (!isProved) {
    return new Refused("address_unproved");
  }
  return isTaken ? new Refused("address_taken") : null;
}

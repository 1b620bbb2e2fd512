import { normaliseEmail } from "../email-address.ts";
import { normalisePassword, refuseWeakPassword } from "../password/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import type { Account } from "./account.ts";
import { newAccount } from "./new-account.ts";
import { nameFromWhole } from "./person-name.ts";

export interface Registration {
  email: string;
  password: string;
  /** Null where nobody has to say one. */
  name: string | null;
}

/**
 * An account as somebody asks for it, ready to be stored with its hash: the same work whether its
 * address is free or taken. How often an address can be asked about is counted by the mail to it.
 */
export async function draftAccount(
  context: Context,
  { email: typedEmail, password: typedPassword, name }: Registration,
): Promise<
  | { account: Account; passwordHash: string }
  | Refused<"registration_closed" | "weak_password" | "rate_limited">
> {
  const { tenants, passwordHashes, throttle, tenantId } = context;
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
  const passwordHash = await passwordHashes.hash(password);
  const wait = await throttle.mail({ kind: "verify-email", tenantId, email });
  if (wait) {
    return waitOut(wait);
  }
  const personName = name === null ? null : nameFromWhole(name);
  return { account: newAccount(context, { email, name: personName }), passwordHash };
}

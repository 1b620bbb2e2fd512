import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import { normaliseEmail } from "./email-address.ts";
import { newAccount } from "./new-account.ts";
import { normalisePassword, refuseWeakPassword } from "./password-policy.ts";
import { nameFromWhole } from "./person-name.ts";

/**
 * Creates an account where the tenant lets people do that themselves.
 *
 * A taken address costs the same work and gets the same answer; its owner is told by mail instead
 * of a stranger by the answer.
 */
export async function register(
  context: Context,
  { email: typedEmail, password: typedPassword, name }: Registration,
): Promise<void | Refused<"registration_closed" | "weak_password" | "rate_limited">> {
  const { tenants, accounts, passwordHashes, throttle, mailQueue, tenantId } = context;
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
  const account = newAccount(context, { email, name: nameFromWhole(name) });
  const isNew = await accounts.insert(account, passwordHash);
  await mailQueue.send({ kind: isNew ? "verify-email" : "address-taken", tenantId, email });
}

export interface Registration {
  email: string;
  password: string;
  name: string;
}

import type { Account } from "../account/account.ts";
import { newCredentials } from "../account/new-credentials.ts";
import { askedBy } from "../mail/asked-by.ts";
import type { Context } from "../ports.ts";
import { openSession, type SignedIn } from "./open-session.ts";

/**
 * Signs an account in that was stored just now. The letter that confirms its address is ordered
 * beside the answer: without it the account is no less made.
 */
export async function enterNewAccount(
  context: Context,
  account: Account,
  clientType: string | null = null,
): Promise<SignedIn> {
  const { tenantId, email } = account;
  const order = { kind: "verify-email", tenantId, email, ...askedBy(context) } as const;
  context.afterwards(context.mailQueue.send(order));
  const credentials = newCredentials(account);
  const signedIn = await openSession(context, { credentials, secondFactor: "absent", clientType });
  if (!signedIn || signedIn === "opened before") {
    throw new Error("the account was changed while it was made");
  }
  return signedIn;
}

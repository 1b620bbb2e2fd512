import type { Account } from "../account/account.ts";
import { newCredentials } from "../account/new-credentials.ts";
import { askedBy } from "../mail/asked-by.ts";
import type { Context } from "../ports.ts";
import { openSession, type SignedIn } from "./open-session.ts";
import type { AccountMaking } from "./session.ts";

/**
 * Makes an account and signs it in, in one write: nobody is left with an account that they were told
 * is not theirs. Null where its address is taken or, where it must be, it is not the first. The letter
 * that confirms the address is ordered beside the answer: without it the account is no less made.
 */
export async function enterNewAccount(
  context: Context,
  { account, ...makes }: AccountMaking & { account: Account },
  clientType: string | null = null,
): Promise<SignedIn | null> {
  const credentials = newCredentials(account);
  const entry = { credentials, makes, secondFactor: "absent", clientType } as const;
  const signedIn = await openSession(context, entry);
  if (!signedIn) {
    return null;
  }
  const { tenantId, email } = account;
  const order = { kind: "verify-email", tenantId, email, ...askedBy(context) } as const;
  context.afterwards(context.mailQueue.send(order));
  return signedIn;
}

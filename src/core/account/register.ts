import { askedBy } from "../mail/asked-by.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { accountMade } from "./account-made.ts";
import { draftAccount, type Registration } from "./draft-account.ts";

/**
 * Creates an account where the tenant lets people do that themselves.
 *
 * A taken address costs the same work and gets the same answer; its owner is told by mail instead
 * of a stranger by the answer.
 */
export async function register(
  context: Context,
  registration: Registration,
): Promise<void | Refused<"registration_closed" | "weak_password" | "rate_limited">> {
  const draft = await draftAccount(context, registration);
  if (draft instanceof Refused) {
    return draft;
  }
  const { tenantId, email } = draft.account;
  const event = accountMade(context, draft.account);
  const isNew = await context.accounts.insert({ ...draft, event });
  const kind = isNew ? "verify-email" : "address-taken";
  await context.mailQueue.send({ kind, tenantId, email, ...askedBy(context) });
}

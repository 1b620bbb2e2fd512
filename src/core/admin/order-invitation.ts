import type { Account } from "../account/account.ts";
import { askedBy } from "../mail/asked-by.ts";
import type { Context } from "../ports.ts";
import { readingLanguage } from "../reading-language.ts";

/**
 * Has an account that was just made invited. It is there whatever happens to the mail: what cannot be
 * ordered now is tried once more after the answer, and can be asked for again.
 */
export async function orderInvitation(context: Context, account: Account): Promise<void> {
  const { afterwards, clock, mailQueue, randomness } = context;
  const { email, tenantId } = account;
  const asked = askedBy(context);
  const order = {
    kind: "invitation",
    id: randomness.id(clock.now()),
    tenantId,
    email,
    ...asked,
    language: readingLanguage(account, asked.language),
  } as const;
  await mailQueue.send(order).catch(() => afterwards(mailQueue.send(order)));
}

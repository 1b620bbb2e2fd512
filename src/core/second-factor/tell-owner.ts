import type { Account } from "../account/account.ts";
import type { Context } from "../ports.ts";

/** Tells an account's owner by mail, after the answer, that the second factor is not what it was. */
export function tellOwner({ afterwards, mailQueue }: Context, { tenantId, email }: Account): void {
  afterwards(mailQueue.send({ kind: "second-factor-changed", tenantId, email }));
}

import { normaliseEmail } from "../email-address.ts";
import { orderMail } from "../mail/order-mail.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/**
 * Orders a mail with a link to set a new password, and changes nothing on the account.
 *
 * Whether the address has an account is found out when the mail is written, not here: the answer
 * and the time it takes cannot tell.
 */
export async function requestPasswordReset(
  context: Context,
  { email }: { email: string },
): Promise<void | Refused<"rate_limited">> {
  return (
    (await fenceCredentials(context)) ??
    orderMail(context, { kind: "reset-password", email: normaliseEmail(email) })
  );
}

import { normaliseEmail } from "../email-address.ts";
import { orderMail } from "../mail/order-mail.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/**
 * Orders a mail with a code to sign in with.
 *
 * Whether the address has an account, or may get one, is found out when the mail is written, and
 * the code is drawn then: the answer and the time it takes cannot tell.
 */
export async function sendLoginCode(
  context: Context,
  { email: typedEmail }: { email: string },
): Promise<void | Refused<"rate_limited">> {
  const email = normaliseEmail(typedEmail);
  return (await fenceCredentials(context)) ?? orderMail(context, { kind: "login-code", email });
}

import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import { normaliseEmail } from "./email-address.ts";

/**
 * Orders a mail with a link to set a new password, and changes nothing on the account.
 *
 * Whether the address has an account is found out when the mail is written, not here: the answer
 * and the time it takes cannot tell.
 */
export async function requestPasswordReset(
  context: Context,
  { email: typedEmail }: { email: string },
): Promise<void | Refused<"rate_limited">> {
  const { throttle, mailQueue, tenantId } = context;
  const order = { kind: "reset-password", tenantId, email: normaliseEmail(typedEmail) } as const;

  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const wait = await throttle.mail(order);
  if (wait) {
    return waitOut(wait);
  }
  await mailQueue.send(order);
}

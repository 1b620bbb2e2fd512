import { normaliseEmail } from "../account/email-address.ts";
import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";

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
  const { throttle, mailQueue, tenantId } = context;
  const order = { kind: "login-code", tenantId, email: normaliseEmail(typedEmail) } as const;

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

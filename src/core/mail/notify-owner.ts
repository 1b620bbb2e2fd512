import type { Context } from "../ports.ts";
import type { MailOrder } from "./mail-order.ts";

/**
 * Tells an account's owner by mail, after the answer, what was done to it. Past the hour's number of
 * such mails nothing is sent: who does it over and over must not flood a mailbox, which may not even
 * be theirs.
 */
export function notifyOwner(
  { afterwards, mailQueue, throttle }: Context,
  kind: MailOrder["kind"],
  { tenantId, email }: { tenantId: string; email: string },
): void {
  const notify = async () => {
    const order = { kind, tenantId, email };
    if (!(await throttle.mail(order))) {
      await mailQueue.send(order);
    }
  };
  afterwards(notify());
}

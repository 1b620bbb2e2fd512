import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { waitOut } from "../throttle/refuse.ts";
import type { MailOrder } from "./mail-order.ts";

/** Orders a mail, unless its address was sent too many of that kind within the hour. */
export async function orderMail(
  { throttle, mailQueue }: Context,
  order: MailOrder,
): Promise<void | Refused<"rate_limited">> {
  const wait = await throttle.mail(order);
  if (wait) {
    return waitOut(wait);
  }
  await mailQueue.send(order);
}

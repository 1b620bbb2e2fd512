import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { waitOut } from "../throttle/refuse.ts";
import { askedBy } from "./asked-by.ts";
import type { Errand } from "./mail-order.ts";

/** Orders a mail, unless its address was sent too many of that kind within the hour. */
export async function orderMail(
  context: Context,
  errand: Errand & { email: string },
): Promise<void | Refused<"rate_limited">> {
  const { clock, mailQueue, randomness, tenantId, throttle } = context;
  const id = randomness.id(clock.now());
  const order = { ...errand, id, tenantId, ...askedBy(context) };
  const wait = await throttle.mail(order);
  if (wait) {
    return waitOut(wait);
  }
  await mailQueue.send(order);
}

import type { MailOrder } from "../core/mail/mail-order.ts";
import type { MailQueue } from "../core/ports.ts";

/** Mail orders in a Cloudflare queue: a provider that is down delays a mail and loses none. */
export function mailQueue(queue: Queue<MailOrder>): MailQueue {
  return {
    async send(order) {
      await queue.send(order);
    },
  };
}

import type { Bounced } from "../core/mail/bounced.ts";
import { fulfilMailOrder } from "../core/mail/fulfil-mail-order.ts";
import type { MailOrder } from "../core/mail/mail-order.ts";
import type { Suppression } from "../core/mail/suppression.ts";
import type { Ports } from "../core/ports.ts";
import { type AboutOrder, aboutOrder } from "./about-order.ts";

const FIRST_RETRY_SECONDS = 30;

/** Whom to tell of what does not arrive. */
export interface Observer {
  failed(error: unknown, attempt: number): void;
  /** Its mailbox takes none, or took none lately: it is not tried again. */
  notSent(letter: AboutOrder, why: Bounced | Suppression): void;
}

/**
 * Sends the letters of a batch of orders, each on its own: one that fails is tried again, twice as
 * late each time, and ends in the dead-letter queue when the queue gives up.
 */
export async function deliverBatch(
  batch: MessageBatch<MailOrder>,
  ports: Ports,
  observer: Observer,
): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const why = await fulfilMailOrder(ports, message.body);
        message.ack();
        why && observer.notSent(aboutOrder(message.body), why);
      } catch (error) {
        observer.failed(error, message.attempts);
        message.retry({ delaySeconds: FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1) });
      }
    }),
  );
}

import { fulfilMailOrder } from "../core/mail/fulfil-mail-order.ts";
import type { MailOrder } from "../core/mail/mail-order.ts";
import type { Ports } from "../core/ports.ts";

const FIRST_RETRY_SECONDS = 30;

/**
 * Sends the letters of a batch of orders, each on its own: one that fails is tried again, twice as
 * late each time, and ends in the dead-letter queue when the queue gives up.
 */
export async function deliverBatch(
  batch: MessageBatch<MailOrder>,
  ports: Ports,
  failed: (error: unknown, attempt: number) => void,
): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        await fulfilMailOrder(ports, message.body);
        message.ack();
      } catch (error) {
        failed(error, message.attempts);
        message.retry({ delaySeconds: FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1) });
      }
    }),
  );
}

import type { Bounced } from "../core/mail/bounced.ts";
import { fulfilMailOrder } from "../core/mail/fulfil-mail-order.ts";
import type { MailOrder } from "../core/mail/mail-order.ts";
import type { Suppression } from "../core/mail/suppression.ts";
import type { Ports } from "../core/ports.ts";
import { type AboutOrder, aboutOrder } from "./about-order.ts";

const NEXT_LOOK_SECONDS = 3 * 3600;

/** A letter that the mail queue gave up. */
export interface DeadLetter extends AboutOrder {
  /** Looks at it since it is a dead letter, this one included. */
  looks: number;
  /** What the look came to: it was carried, its mailbox takes none, or it is looked at again. */
  end: "delivered" | Bounced | Suppression | null;
  /** Null where it came to an end. */
  error: unknown;
}

/**
 * Tells of each letter that the mail queue gave up, and tries it once more. One that still cannot be sent
 * stays where it is and is looked at again in three hours: when what was broken is mended, nobody has to
 * send anything.
 */
export async function deliverDeadLetters(
  batch: MessageBatch<MailOrder>,
  ports: Ports,
  tell: (letter: DeadLetter) => void,
): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      const letter = { ...aboutOrder(message.body), looks: message.attempts };
      try {
        const why = await fulfilMailOrder(ports, message.body);
        message.ack();
        tell({ ...letter, end: why ?? "delivered", error: null });
      } catch (error) {
        tell({ ...letter, end: null, error });
        message.retry({ delaySeconds: NEXT_LOOK_SECONDS });
      }
    }),
  );
}

import { fulfilMailOrder } from "../core/mail/fulfil-mail-order.ts";
import type { MailOrder } from "../core/mail/mail-order.ts";
import type { Ports } from "../core/ports.ts";

const NEXT_LOOK_SECONDS = 3 * 3600;

/** A letter that the mail queue gave up, as an operator may see it: neither whose it is nor what it says. */
export interface DeadLetter {
  kind: MailOrder["kind"];
  tenantId: string;
  /** Where its mailbox is, which is what several that fail may have in common. */
  domain: string;
  askedAt: Date;
  /** Looks at it since it is a dead letter, this one included. */
  looks: number;
  wasDelivered: boolean;
  /** Null where it was delivered. */
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
      const { kind, tenantId, email, origin } = message.body;
      const letter = {
        kind,
        tenantId,
        domain: email.slice(email.lastIndexOf("@") + 1),
        askedAt: new Date(origin.at),
        looks: message.attempts,
      };
      try {
        await fulfilMailOrder(ports, message.body);
        message.ack();
        tell({ ...letter, wasDelivered: true, error: null });
      } catch (error) {
        tell({ ...letter, wasDelivered: false, error });
        message.retry({ delaySeconds: NEXT_LOOK_SECONDS });
      }
    }),
  );
}

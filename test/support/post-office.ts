import { fulfilMailOrder } from "../../src/core/mail/fulfil-mail-order.ts";
import type { MailOrder } from "../../src/core/mail/mail-order.ts";
import type { Ports } from "../../src/core/ports.ts";
import { createPostbox } from "../../src/mail/postbox.ts";
import type { Message, Transport } from "../../src/mail/transport.ts";
import { Carrier } from "./carrier.ts";
import { HeldQueue } from "./held-queue.ts";
import { startService, type TestService } from "./service.ts";

export interface PostOffice extends TestService {
  /** What went into the queue, in order. */
  orders: MailOrder[];
  /** What was handed over to be carried, in order. */
  sent: Message[];
  /** The ports of a consumer of the queue, whose transport is the one given here. */
  consumer(transport?: Transport): Ports;
  /** Writes and sends the letters of all orders so far, and gives them back. */
  deliver(): Promise<Message[]>;
}

/** A service whose mail waits until it is delivered, and is then recorded instead of carried. */
export function startPostOffice(variables: Record<string, unknown> = {}): PostOffice {
  const queue = new HeldQueue();
  const { orders } = queue;
  const carrier = new Carrier();
  const { sent } = carrier;
  const service = startService({ MAIL: queue, ...variables });
  const { ports, settings } = service;
  const record: Transport = (message) => carrier.carry(message);
  const consumer = (transport = record): Ports => ({
    ...ports,
    postbox: createPostbox(transport, settings.mailFrom),
  });
  return {
    ...service,
    orders,
    sent,
    consumer,
    async deliver() {
      for (const order of orders.splice(0)) {
        await fulfilMailOrder(consumer(), order);
      }
      return sent.splice(0);
    },
  };
}

/** The only letter of some. */
export function only(letters: readonly Message[]): Message {
  const [letter] = letters;
  if (!letter || letters.length > 1) {
    throw new Error(`${letters.length} letters where there must be one`);
  }
  return letter;
}

/** The token of the link in a letter. */
export function tokenIn({ text }: Message): string {
  const token = text.match(/[?&]token=([\w-]+)/)?.[1];
  if (!token) {
    throw new Error("the letter has no link with a token");
  }
  return token;
}

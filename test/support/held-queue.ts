import type { MailOrder } from "../../src/core/mail/mail-order.ts";

/** A queue of mail that nobody works off unasked: what went into it, in order. */
export class HeldQueue {
  readonly orders: MailOrder[] = [];

  async send(order: MailOrder): Promise<void> {
    this.orders.push(order);
  }

  /** All of them, or none where it fails. */
  async sendBatch(messages: Iterable<{ body: MailOrder }>): Promise<void> {
    this.orders.push(...[...messages].map(({ body }) => body));
  }
}

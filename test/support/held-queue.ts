import type { MailOrder } from "../../src/core/mail/mail-order.ts";

/** A queue that nobody works off unasked: what went into it, in order. */
export class HeldQueue<Order = MailOrder> {
  readonly orders: Order[] = [];

  async send(order: Order): Promise<void> {
    this.orders.push(order);
  }

  /** All of them, or none where it fails. */
  async sendBatch(messages: Iterable<{ body: Order }>): Promise<void> {
    this.orders.push(...[...messages].map(({ body }) => body));
  }
}

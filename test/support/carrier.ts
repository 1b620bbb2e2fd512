import type { Message } from "../../src/mail/transport.ts";

/** A mail provider that keeps what it is handed, in order. */
export class Carrier {
  readonly sent: Message[] = [];

  async carry(message: Message): Promise<void> {
    this.sent.push(message);
  }
}

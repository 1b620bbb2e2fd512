import type { Postbox } from "../core/ports.ts";
import { compose } from "./compose.ts";
import { parseSender } from "./sender.ts";
import type { Transport } from "./transport.ts";

/**
 * Letters in words over the configured transport, from the configured address: mailboxes know that this
 * one may send. A tenant may have another name before it.
 */
export function createPostbox(transport: Transport, from: string): Postbox {
  return {
    async deliver(letter) {
      const { tenantId, to, senderName, replyTo } = letter;
      const sender = senderName === null ? from : `${senderName} <${parseSender(from).email}>`;
      const answers = replyTo === null ? {} : { replyTo };
      return transport({ to, from: sender, ...answers, ...compose(letter) }, tenantId);
    },
  };
}

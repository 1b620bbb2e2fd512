import type { Postbox } from "../core/ports.ts";
import { compose } from "./messages.ts";
import type { Transport } from "./transport.ts";

/** Letters in words, from the configured sender, over the configured transport. */
export function createPostbox(transport: Transport, from: string): Postbox {
  return {
    async deliver(to, letter) {
      await transport({ to, from, ...compose(letter) });
    },
  };
}

import type { Postbox } from "../core/ports.ts";
import { compose } from "./compose.ts";
import type { Transport } from "./transport.ts";

/** Letters in words, from the configured sender, over the configured transport. */
export function createPostbox(transport: Transport, from: string): Postbox {
  return {
    deliver: async (letter) => transport({ to: letter.to, from, ...compose(letter) }),
  };
}

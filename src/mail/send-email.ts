import { Bounced } from "../core/mail/bounced.ts";
import { parseSender } from "./sender.ts";
import type { PlainTransport } from "./transport.ts";

/** The address bounced or complained before, and Cloudflare sends it nothing for the whole account. */
const SUPPRESSED = "E_RECIPIENT_SUPPRESSED";

/** Cloudflare's `send_email` binding. */
export function sendEmailTransport(binding: SendEmail): PlainTransport {
  return async ({ from, ...message }): Promise<void | Bounced> => {
    try {
      await binding.send({ ...message, from: parseSender(from) });
    } catch (error) {
      if ((error as { code?: unknown })?.code === SUPPRESSED) {
        return new Bounced(SUPPRESSED);
      }
      throw error;
    }
  };
}

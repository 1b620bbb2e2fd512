import { Bounced } from "../core/mail/bounced.ts";
import type { Suppression } from "../core/mail/suppression.ts";

/** For the log: why a letter is not tried again, without whose it is. */
export function whyNotSent(why: Bounced | Suppression): Record<string, unknown> {
  return why instanceof Bounced
    ? { bounced: why.reason }
    : { suppressed: why.reason, since: why.at, until: why.until };
}

import { describeError } from "../log/describe-error.ts";
import { write } from "../log/write.ts";
import type { DeadLetter } from "../mail/deliver-dead-letters.ts";
import { whyNotSent } from "./why-not-sent.ts";

/** An error each time, so that whoever watches for errors hears of it; also that it was sent after all. */
export function writeDeadLetter(queue: string, letter: DeadLetter): void {
  const { kind, tenantId, domain, askedAt, looks, end, error } = letter;
  write("error", {
    queue,
    dead_letter: kind,
    tenant: tenantId,
    domain,
    asked_at: askedAt,
    looks,
    delivered: end === "delivered",
    ...(end === null && { error: describeError(error) }),
    ...(end !== null && end !== "delivered" && whyNotSent(end)),
  });
}

import { randomBytes } from "node:crypto";

/** An address that nobody has, under a name that no mail is delivered to (RFC 2606 §2). */
export function throwawayAddress(): string {
  return `doctor-${randomBytes(6).toString("hex")}@latchkey-doctor.invalid`;
}

import { randomBytes } from "node:crypto";

/** An address that nobody in this run has an account under. */
export function anEmail(): string {
  return `p-${randomBytes(6).toString("hex")}@example.test`;
}

import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import { drawSecureLink } from "./draw-secure-link.ts";
import type { Written } from "./letter.ts";

/**
 * For whoever asks for something at an address that an account had until lately: it is kept for that
 * account, and the letter undoes the change like the one that told of it. Null for any other address.
 */
export async function reservedAddressLetter(
  ports: Ports,
  { tenantId, email }: Mailbox,
): Promise<Written | null> {
  const kept = await ports.emailChanges.findReservation(tenantId, email, ports.clock.now());
  if (!kept) {
    return null;
  }
  const { accountId, changedAt } = kept;
  const drawn = await drawSecureLink(ports, {
    accountId,
    tenantId,
    email,
    at: changedAt.getTime(),
  });
  return { content: { kind: "address-reserved", ...drawn }, account: null };
}

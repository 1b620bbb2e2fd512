import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";

/** Whether an address without an account may get one: not while it is kept for whose it was. */
export async function mayRegister(
  { clock, emailChanges, tenants }: Ports,
  { tenantId, email }: Mailbox,
): Promise<boolean> {
  return (
    (await tenants.isOpenForRegistration(tenantId)) &&
    (await emailChanges.findReservation(tenantId, email, clock.now())) === null
  );
}

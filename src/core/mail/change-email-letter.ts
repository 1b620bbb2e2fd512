import type { EmailChange } from "../account/email-changes.ts";
import type { Ports } from "../ports.ts";
import type { Written } from "./letter.ts";
import { LIFE_SECONDS } from "./life-seconds.ts";
import { linkTo } from "./link-to.ts";
import type { MailOrder } from "./mail-order.ts";

/** How long a request for a change, and the link to confirm it, are good for. */
export const EMAIL_CHANGE_SECONDS = LIFE_SECONDS["change-email"];

/**
 * Draws a link that gives an account the address that it is mailed to. An address that has an account
 * is told so instead. Null where the request is not the newest any more, and for an address without an
 * account that is kept for somebody else.
 */
export async function changeEmailLetter(
  ports: Ports,
  {
    changeId: id,
    accountId,
    tenantId,
    email: toEmail,
  }: Extract<MailOrder, { kind: "change-email" }>,
): Promise<Written | null> {
  const { accounts, clock, emailChanges, mailedLinks, randomness, settings } = ports;
  const change: EmailChange = { id, tenantId, accountId, toEmail };
  const open = await emailChanges.look(change, clock.now());
  if (!open) {
    return null;
  }
  if (!open.isFree) {
    const account = await accounts.findByEmail(tenantId, toEmail);
    const link = `${settings.publicUrl}/signin`;
    return account && { content: { kind: "new-address-taken", link }, account };
  }
  const token = randomness.token();
  await mailedLinks.put(token, { purpose: "change-email", change }, EMAIL_CHANGE_SECONDS);
  const link = linkTo(`${settings.publicUrl}/account/email/confirm`, { token });
  const content = { kind: "change-email", link, lifetimeSeconds: EMAIL_CHANGE_SECONDS } as const;
  return { content, account: null };
}

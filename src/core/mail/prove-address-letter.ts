import type { Ports } from "../ports.ts";
import { linkTo } from "./link-to.ts";
import type { Letter, MailOrder } from "./mail-order.ts";

const LINK_SECONDS = 24 * 3600;

/**
 * Draws a link that proves an address: to the site that was asked for, else to the tenant's first,
 * else to our own page.
 */
export async function proveAddressLetter(
  ports: Ports,
  { tenantId, email, frontEnd }: MailOrder,
): Promise<Letter> {
  const { accounts, addressProofs, clock, frontEnds, mailedLinks, randomness, settings } = ports;
  const [account, linkNumber, url] = await Promise.all([
    accounts.findByEmail(tenantId, email),
    addressProofs.numberLink(tenantId, email, clock.now()),
    frontEnd?.url ?? frontEnds.list(tenantId).then(([first]) => first?.url),
  ]);
  const token = randomness.token();
  const link = { purpose: "prove-address", tenantId, email, linkNumber } as const;
  await mailedLinks.put(token, link, LINK_SECONDS);
  const page = url ? `${url}/verify-email-success` : `${settings.publicUrl}/verify`;
  return {
    kind: "prove-address",
    link: linkTo(page, { verificationCode: token, email }),
    lifetimeSeconds: LINK_SECONDS,
    hasUnconfirmedAccount: account !== null && account.emailVerifiedAt === null,
  };
}

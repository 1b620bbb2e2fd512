import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import type { ChosenFrontEnd } from "../tenant/choose-front-end.ts";
import type { Written } from "./letter.ts";
import { LIFE_SECONDS } from "./life-seconds.ts";
import { linkTo } from "./link-to.ts";
import { mayRegister } from "./may-register.ts";

/**
 * Draws a link that proves an address, to the site that was chosen or to our own page. Null where the
 * proof could lead to nothing: the address has no account and may not get one.
 */
export async function proveAddressLetter(
  ports: Ports,
  { tenantId, email, frontEnd }: Mailbox & { frontEnd?: ChosenFrontEnd },
): Promise<Written | null> {
  const { accounts, addressProofs, clock, mailedLinks, randomness, settings } = ports;
  const account = await accounts.findByEmail(tenantId, email);
  if (!account && !(await mayRegister(ports, { tenantId, email }))) {
    return null;
  }
  const linkNumber = await addressProofs.numberLink(tenantId, email, clock.now());
  const token = randomness.token();
  const announcedId = account?.id ?? null;
  const link = { purpose: "prove-address", tenantId, email, linkNumber, announcedId } as const;
  const lifetimeSeconds = LIFE_SECONDS["prove-address"];
  await mailedLinks.put(token, link, lifetimeSeconds);
  const page = `${frontEnd?.url ?? settings.publicUrl}/verify-email-success`;
  return {
    content: {
      kind: "prove-address",
      link: linkTo(page, { verificationCode: token, email }),
      lifetimeSeconds,
      hasUnconfirmedAccount: account !== null && account.emailVerifiedAt === null,
    },
    account,
  };
}

import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import type { ChosenFrontEnd } from "../tenant/choose-front-end.ts";
import type { Written } from "./letter.ts";
import { LIFE_SECONDS } from "./life-seconds.ts";
import { linkTo } from "./link-to.ts";

type Kind = "reset-password" | "account-secured" | "address-unconfirmed" | "invitation";

/**
 * Draws a link to set a new password, to the site that was chosen or to our own page: every older one
 * stops working. Null where no account that could use it has this address. An invitation lives for days
 * where there is no password yet: in its place, one is good for an hour. ASVS 6.4.1. Its link says that it is
 * for a first password, for the words of our page.
 */
export async function resetPasswordLetter(
  { accounts, mailedLinks, randomness, settings }: Ports,
  { tenantId, email, frontEnd }: Mailbox & { frontEnd?: ChosenFrontEnd },
  asked: Kind,
): Promise<Written | null> {
  const numbered = await accounts.numberResetLink(tenantId, email);
  if (!numbered) {
    return null;
  }
  const { account, linkNumber, hasPassword } = numbered;
  const kind = asked === "invitation" && hasPassword ? "reset-password" : asked;
  const lifetimeSeconds = LIFE_SECONDS[kind];
  const token = randomness.token();
  await mailedLinks.put(
    token,
    { purpose: "reset-password", accountId: account.id, linkNumber, email, name: account.name },
    lifetimeSeconds,
  );
  const link = frontEnd
    ? linkTo(`${frontEnd.url}/reset-password`, {
        verificationCode: token,
        email,
        ...(frontEnd.alias !== null && { clientAlias: frontEnd.alias }),
      })
    : linkTo(`${settings.publicUrl}/reset`, {
        token,
        ...(kind === "invitation" && { first: "1" }),
      });
  return { content: { kind, link, lifetimeSeconds }, account };
}

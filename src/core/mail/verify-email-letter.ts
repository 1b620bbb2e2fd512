import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import type { Written } from "./letter.ts";
import { linkTo } from "./link-to.ts";

const LINK_SECONDS = 24 * 3600;

/** Draws a link that confirms an account's address. Null where there is nothing to confirm. */
export async function verifyEmailLetter(
  { accounts, mailedLinks, randomness, settings }: Ports,
  { tenantId, email }: Mailbox,
): Promise<Written | null> {
  const found = await accounts.findUnverified(tenantId, email);
  if (!found) {
    return null;
  }
  const { account, linkNumber } = found;
  const token = randomness.token();
  const mailed = { purpose: "verify-email", accountId: account.id, email, linkNumber } as const;
  await mailedLinks.put(token, mailed, LINK_SECONDS);
  const link = linkTo(`${settings.publicUrl}/verify`, { token });
  return { content: { kind: "verify-email", link, lifetimeSeconds: LINK_SECONDS }, account };
}

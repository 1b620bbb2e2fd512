import type { Mailbox } from "../login-code/login-codes.ts";
import type { Ports } from "../ports.ts";
import type { Written } from "./letter.ts";
import { LIFE_SECONDS } from "./life-seconds.ts";
import { linkTo } from "./link-to.ts";

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
  const lifetimeSeconds = LIFE_SECONDS["verify-email"];
  await mailedLinks.put(token, mailed, lifetimeSeconds);
  const link = linkTo(`${settings.publicUrl}/verify`, { token });
  return { content: { kind: "verify-email", link, lifetimeSeconds }, account };
}

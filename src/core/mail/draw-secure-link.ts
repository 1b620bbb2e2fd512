import type { Ports } from "../ports.ts";
import { linkTo } from "./link-to.ts";
import type { MailedLink } from "./mailed-links.ts";
import { UNDO_WINDOW_MS } from "./undo-window.ts";

/** The least that KV keeps anything. */
const LEAST_SECONDS = 60;

/**
 * Draws a link by which whoever reads this mailbox says that something done to an account was not
 * them. It lives for as long as that can be undone, from when it was done.
 */
export async function drawSecureLink(
  { clock, mailedLinks, randomness, settings }: Ports,
  { accountId, tenantId, email, at }: Omit<Extract<MailedLink, { at: number }>, "purpose">,
): Promise<{ link: string; until: Date }> {
  const token = randomness.token();
  const until = new Date(at + UNDO_WINDOW_MS);
  const lifetimeSeconds = Math.ceil((until.getTime() - clock.now().getTime()) / 1000);
  await mailedLinks.put(
    token,
    { purpose: "secure-account", accountId, tenantId, email, at },
    Math.max(lifetimeSeconds, LEAST_SECONDS),
  );
  return { link: linkTo(`${settings.publicUrl}/secure`, { token }), until };
}

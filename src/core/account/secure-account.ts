import { eventOf } from "../audit/record-event.ts";
import { askedBy } from "../mail/asked-by.ts";
import type { MailedLink } from "../mail/mailed-links.ts";
import { UNDO_WINDOW_MS } from "../mail/undo-window.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { addressVerified } from "./address-verified.ts";

/**
 * How far a link reaches back: as long as any link lives, and an hour more. Whoever gets in does several
 * things, each told in a mail of its own. The owner opens one of them, and whichever it is undoes all:
 * after it the others are spent.
 */
const REACH_MS = UNDO_WINDOW_MS + 3600 * 1000;

/**
 * Gives an account back to whoever reads the mailbox that a notice went to: with the link in it, when
 * what it told of was not them. Everybody is signed out, the password closes, what was added since is
 * taken back and so is a change of address, and a link to set a new password is mailed.
 *
 * The link is spent by the write that does all this. A second factor that is older stays: the mailbox
 * alone is no way around it.
 */
export async function secureAccount(
  context: Context,
  { token }: { token: string },
): Promise<void | Refused<"mailed_link_invalid" | "rate_limited">> {
  const { afterwards, mailedLinks } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const link = await mailedLinks.find("secure-account", token);
  if (!link || !(await secure(context, link))) {
    return new Refused("mailed_link_invalid");
  }
  afterwards(mailedLinks.forget("secure-account", token));
  await orderResetLink(context, link);
}

type SecureLink = Extract<MailedLink, { purpose: "secure-account" }>;

async function secure(
  context: Context,
  { accountId, tenantId, email, at }: SecureLink,
): Promise<boolean> {
  const event = eventOf(context, "account-secured", { tenantId, accountId, subject: email });
  const isTooOld = event.at.getTime() > at + UNDO_WINDOW_MS;
  return (
    !isTooOld &&
    context.accounts.secure({
      email,
      at: new Date(at),
      since: new Date(event.at.getTime() - REACH_MS),
      event,
      verified: addressVerified(context, { id: accountId, tenantId }),
    })
  );
}

/** Not counted like other mails: an account is secured once an event, and must not stay closed. */
async function orderResetLink(context: Context, { tenantId, email }: SecureLink): Promise<void> {
  const { afterwards, mailQueue } = context;
  const order = { kind: "account-secured", tenantId, email, ...askedBy(context) } as const;
  await mailQueue.send(order).catch(() => afterwards(mailQueue.send(order)));
}

import { recordEvent } from "../audit/record-event.ts";
import { notifyOwner } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials } from "../throttle/refuse.ts";

/** How long a request for a change, and the link to confirm it, are good for. */
export const EMAIL_CHANGE_SECONDS = 3600;

/**
 * Gives an account its new address, with the token of the link that was mailed there, and tells the
 * old one. Of any number of parallel uses one succeeds. Nobody is signed in by it, nor out: sessions
 * hang on who signed in, not on where their mail goes.
 */
export async function confirmEmailChange(
  context: Context,
  { token }: { token: string },
): Promise<void | Refused<"mailed_link_invalid" | "rate_limited">> {
  const { clock, emailChanges, mailedLinks } = context;
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  const link = await mailedLinks.find("change-email", token);
  const now = clock.now();
  const since = new Date(now.getTime() - EMAIL_CHANGE_SECONDS * 1000);
  const changed = link && (await emailChanges.confirm(link.change, since, now));
  if (!changed) {
    return new Refused("mailed_link_invalid");
  }
  context.afterwards(mailedLinks.forget("change-email", token));
  const { account, formerEmail } = changed;
  // Its mailbox was read: what somebody guessed there before must not keep its owner out.
  context.afterwards(context.throttle.recovered(account));
  const { id: accountId, tenantId, email: subject } = account;
  if (formerEmail === null) {
    recordEvent(context, "email-changed", { tenantId, accountId, subject });
  } else {
    notifyOwner(context, "email-changed", { ...account, email: formerEmail }, { subject });
  }
}

import { recordEvent } from "../audit/record-event.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import { refuseStale } from "../caller/refuse-stale.ts";
import type { StillIn } from "../caller/still-in.ts";
import { normaliseEmail } from "../email-address.ts";
import { askedBy } from "../mail/asked-by.ts";
import type { MailOrder } from "../mail/mail-order.ts";
import { noticeFor } from "../mail/notify-owner.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import type { Account } from "./account.ts";

/**
 * Orders a mail to the address that the caller wants to have, with a link that changes it, and tells
 * the present one at once. Nothing changes before the link is used.
 *
 * Whether the new address has an account is found out when the mail is written, not here: the answer
 * and the time it takes cannot tell.
 */
export const requestEmailChange = guarded(
  { changes: true },
  async (
    context: Context,
    { caller, newEmail }: { caller: Caller; newEmail: string },
    by,
  ): Promise<void | Refused<
    "sign_in_stale" | "email_unchanged" | "rate_limited" | "access_token_invalid"
  >> => {
    const { account, session } = caller;
    const toEmail = normaliseEmail(newEmail);
    const refused = (await fenceCredentials(context)) ?? refuseStale(context, caller);
    if (refused) {
      return refused;
    }
    if (toEmail === account.email) {
      return new Refused("email_unchanged");
    }
    const { id: accountId, tenantId } = account;
    const unordered = await order(context, account, toEmail, by);
    if (unordered) {
      return unordered;
    }
    const more = { sessionId: session.id, subject: toEmail };
    recordEvent(context, "email-change-requested", { tenantId, accountId, ...more });
  },
);

/** Both mails are counted before either is sent, and the owner is told before there is a link. */
async function order(
  context: Context,
  account: Account,
  toEmail: string,
  by: StillIn,
): Promise<Refused<"rate_limited" | "access_token_invalid"> | null> {
  const { clock, emailChanges, mailQueue, randomness, throttle } = context;
  const { id: accountId, tenantId, email: fromEmail } = account;
  const now = clock.now();
  const change = { id: randomness.id(now), tenantId, accountId, toEmail };
  const notice = noticeFor(context, "email-change-requested", account);
  const letter: MailOrder = {
    kind: "change-email",
    changeId: change.id,
    accountId,
    tenantId,
    email: toEmail,
    ...askedBy(context),
  };
  const wait = (await throttle.mail(notice)) ?? (await throttle.mail(letter));
  if (wait) {
    return waitOut(wait);
  }
  if (!(await emailChanges.request(change, { fromEmail, now }, by))) {
    return new Refused("access_token_invalid");
  }
  await mailQueue.send(notice);
  await mailQueue.send(letter);
  return null;
}

import type { Account } from "../account/account.ts";
import type { AuditEventName } from "../audit/audit-events.ts";
import type { Happening } from "../audit/record-event.ts";
import { recordEvent } from "../audit/record-event.ts";
import type { Context } from "../ports.ts";
import { readingLanguage } from "../reading-language.ts";
import { askedBy } from "./asked-by.ts";
import type { MailOrder, NoticeKind } from "./mail-order.ts";

/**
 * Writes down what was done to an account and tells its owner by mail, both after the answer. Past
 * the hour's number of such mails none is sent: who does it over and over must not flood a mailbox,
 * which may not even be theirs.
 */
export function notifyOwner(
  context: Context,
  kind: NoticeKind,
  account: Account,
  {
    event = kind,
    ...more
  }: Pick<Happening, "sessionId" | "clientId" | "subject"> & { event?: AuditEventName } = {},
): void {
  const { id: accountId, tenantId } = account;
  recordEvent(context, event, { tenantId, accountId, ...more });
  context.afterwards(tellOwner(context, kind, account));
}

/** Tells the owner alone, of what was written down already. */
export async function tellOwner(
  context: Context,
  kind: NoticeKind,
  account: Account,
): Promise<void> {
  const { mailQueue, throttle } = context;
  const order = noticeFor(context, kind, account);
  // Told all the same where nobody can count: it is the owner's only sign.
  const wait = await throttle.mail(order).catch(() => null);
  if (!wait) {
    await mailQueue.send(order);
  }
}

/** The order of a notice, to the address that the account has now. */
export function noticeFor(context: Context, kind: NoticeKind, account: Account): MailOrder {
  const { id: accountId, tenantId, email } = account;
  const asked = askedBy(context);
  const language = readingLanguage(account, asked.language);
  return { kind, accountId, tenantId, email, ...asked, language };
}

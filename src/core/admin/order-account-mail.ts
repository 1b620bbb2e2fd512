import { askedBy } from "../mail/asked-by.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { waitOut } from "../throttle/refuse.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { findTarget } from "./target.ts";

type MailRefusal = Refused<
  "target_unknown" | "target_out_of_reach" | "target_disabled" | "rate_limited"
>;

/**
 * Mails a link to set a password to an account's own address: the password that it has goes on working
 * until the link is used. Counted like those that people ask for themselves.
 */
export const sendPasswordReset = administered(
  { scopes: ["admin:accounts"], changes: true },
  (context: Context, input: Whom) => order(context, input, "reset-password"),
);

/**
 * The same in other words, for somebody who has not been here yet; the link works for three days. Where
 * there is a password by the time it is written, it is the letter above.
 */
export const inviteAccount = administered(
  { scopes: ["admin:accounts"], changes: true },
  (context: Context, input: Whom) => order(context, input, "invitation"),
);

interface Whom {
  caller: AdminCaller;
  accountId: string;
}

const EVENTS = { "reset-password": "reset-sent", invitation: "invitation-sent" } as const;

/** Counted, then written down, then sent: what nobody was told of must not have been mailed. */
async function order(
  context: Context,
  { caller, accountId }: Whom,
  kind: keyof typeof EVENTS,
): Promise<void | MailRefusal> {
  const found = await findTarget(context, caller, accountId);
  if (found instanceof Refused) {
    return found;
  }
  const { email, disabledAt } = found.record;
  if (disabledAt !== null) {
    return new Refused("target_disabled");
  }
  const { auditLog, mailQueue, tenantId, throttle } = context;
  const event = adminEvent(context, caller, EVENTS[kind], { targetId: found.record.id });
  const order = { kind, email, id: event.id, tenantId, ...askedBy(context) };
  const wait = await throttle.mail(order);
  if (wait) {
    return waitOut(wait);
  }
  await auditLog.record(event);
  await mailQueue.send(order);
}

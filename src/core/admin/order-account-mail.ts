import { askedBy } from "../mail/asked-by.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { waitOut } from "../throttle/refuse.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import { findTarget } from "./target.ts";

/** Why none is sent. */
type MailRefusal = Refused<
  | "target_unknown"
  | "target_out_of_reach"
  | "target_disabled"
  | "rate_limited"
  | "access_token_invalid"
>;

/** Whose account is written to, and who asks for it. */
export interface Whom {
  caller: AdminCaller;
  accountId: string;
}

const EVENTS = { "reset-password": "reset-sent", invitation: "invitation-sent" } as const;

/** Counted, then written down, then sent: what nobody was told of must not have been mailed. */
export async function orderAccountMail(
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
  if (!(await auditLog.recordDeed(event))) {
    return new Refused("access_token_invalid");
  }
  await mailQueue.send(order);
}

import type { Context } from "../ports.ts";
import type { Attempt, AttemptSubject, Factor } from "../throttle/throttle.ts";
import type { AuditEventName } from "./audit-events.ts";
import { eventOf } from "./record-event.ts";

const EVENTS = {
  password: { refused: "password-refused", closed: "password-closed" },
  "second factor": { refused: "second-factor-refused", closed: "second-factor-closed" },
} satisfies Record<Factor, Record<"refused" | "closed", AuditEventName>>;

/** Enough to see that somebody tries, and no more: whoever tries must not fill the list. */
const REFUSALS_A_DAY = 10;
const DAY_MS = 24 * 3600 * 1000;
const HOUR_MS = 3600 * 1000;

/**
 * Writes down, after the answer, that a factor was refused, and that too many in a row have closed it.
 * Null stands for an address without an account: the stores are asked the same and keep nothing, so
 * that no work tells the two apart.
 */
export function recordRefusal(
  context: Context,
  factor: Factor,
  subject: AttemptSubject,
  { closes }: Pick<Attempt, "closes">,
  accountId: string | null,
): void {
  const { afterwards, auditLog, clock, randomness } = context;
  const { refused, closed } = EVENTS[factor];
  const now = clock.now();
  const happening = {
    tenantId: subject.tenantId,
    accountId: accountId ?? randomness.id(now),
    actorId: "",
  };
  const record = (name: AuditEventName, most: number, withinMs: number) =>
    auditLog.recordAtMost(eventOf(context, name, happening), {
      most,
      since: new Date(now.getTime() - withinMs),
    });
  const write = async () => {
    await record(refused, REFUSALS_A_DAY, DAY_MS);
    if (closes) {
      await record(closed, 1, HOUR_MS);
    }
  };
  afterwards(write());
}

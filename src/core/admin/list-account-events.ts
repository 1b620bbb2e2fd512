import type { AuditEvent } from "../audit/audit-log.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { pageOf } from "./page-of.ts";
import { findRecord } from "./target.ts";

/** What happened to an account, the newest first. */
export const listAccountEvents = administered(
  { scopes: ["admin:accounts:read", "admin:accounts", "admin:audit"] },
  async (
    context: Context,
    { accountId, beforeId, most }: EventsAsked & { accountId: string },
  ): Promise<{ events: AuditEvent[]; next: string | null } | Refused<"target_unknown">> => {
    const record = await findRecord(context, accountId);
    if (record instanceof Refused) {
      return record;
    }
    const found = await context.auditLog.list(record.id, most + 1, beforeId);
    const { items, next } = pageOf(found, most, ({ id }) => id);
    return { events: items, next };
  },
);

export interface EventsAsked {
  caller: AdminCaller;
  /** Older than this event; null for the newest. */
  beforeId: string | null;
  most: number;
}

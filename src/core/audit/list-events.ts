import type { Context } from "../ports.ts";
import { guarded } from "../session/guarded.ts";
import type { Caller } from "../session/session.ts";
import type { AuditEvent } from "./audit-log.ts";

/** What happened to the caller's account, the newest first, as many as are asked for at a time. */
export const listEvents = guarded(
  {},
  async (
    { auditLog }: Context,
    { caller, most, beforeId = null }: { caller: Caller; most: number; beforeId?: string | null },
  ): Promise<{ events: AuditEvent[]; hasOlder: boolean }> => {
    const events = await auditLog.list(caller.account.id, most + 1, beforeId);
    return { events: events.slice(0, most), hasOlder: events.length > most };
  },
);

import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { Context } from "../ports.ts";
import type { AuditEvent } from "./audit-log.ts";

/**
 * What happened to the caller's account, the newest first, as many as are asked for at a time. Where
 * somebody else did it, such as an administrator, where they were is theirs.
 */
export const listEvents = guarded(
  {},
  async (
    { auditLog }: Context,
    { caller, most, beforeId = null }: { caller: Caller; most: number; beforeId?: string | null },
  ): Promise<{ events: AuditEvent[]; hasOlder: boolean }> => {
    const events = await auditLog.list(caller.account.id, most + 1, beforeId);
    return { events: events.slice(0, most).map(shown), hasOlder: events.length > most };
  },
);

/** Nobody known did it where the actor is empty: then the place is all that there is. */
function shown(event: AuditEvent): AuditEvent {
  const isOwn = event.actorId === "" || event.actorId === event.accountId;
  return isOwn ? event : { ...event, address: "", city: null, country: null, userAgent: null };
}

import type { AuditEventName } from "../audit/audit-events.ts";
import type { AuditEvent } from "../audit/audit-log.ts";
import type { Context } from "../ports.ts";
import { administered } from "./administered.ts";
import type { EventsAsked } from "./list-account-events.ts";

/**
 * What happened in the tenant, the newest first, as far as it was asked for. A page may be short or
 * empty though there are older ones, since it looks at so many at most.
 */
export const listTenantEvents = administered(
  { scopes: ["admin:audit"] },
  async (
    { auditLog, tenantId }: Context,
    { beforeId, most, accountId, actorId, event }: TenantEventsAsked,
  ): Promise<{ events: AuditEvent[]; next: string | null }> => {
    const wanted = { most, beforeId, accountId, actorId, event };
    const { events, nextBeforeId } = await auditLog.listOfTenant(tenantId, wanted);
    return { events, next: nextBeforeId };
  },
);

export interface TenantEventsAsked extends EventsAsked {
  accountId: string | undefined;
  actorId: string | undefined;
  event: AuditEventName | undefined;
}

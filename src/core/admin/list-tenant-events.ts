import { type AuditEventName, SERVICE_EVENTS } from "../audit/audit-events.ts";
import type { AuditEvent } from "../audit/audit-log.ts";
import type { Context } from "../ports.ts";
import { administered } from "./administered.ts";
import type { EventsAsked } from "./list-account-events.ts";

/**
 * What happened in the tenant, the newest first, as far as it was asked for. A page may be short or
 * empty though there are older ones, since it looks at so many at most. An administrator of the default
 * tenant who runs nothing but that is not shown what is done to the service.
 */
export const listTenantEvents = administered(
  { scopes: ["admin:audit"] },
  async (
    { auditLog, tenantId }: Context,
    { caller, beforeId, most, accountId, actorId, event }: TenantEventsAsked,
  ): Promise<{ events: AuditEvent[]; next: string | null }> => {
    const hidden = caller.isOperator ? [] : SERVICE_EVENTS;
    const wanted = { most, beforeId, accountId, actorId, event, hidden };
    const { events, nextBeforeId } = await auditLog.listOfTenant(tenantId, wanted);
    return { events, next: nextBeforeId };
  },
);

export interface TenantEventsAsked extends EventsAsked {
  accountId: string | undefined;
  actorId: string | undefined;
  event: AuditEventName | undefined;
}

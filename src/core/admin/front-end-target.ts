import type { AuditEvent } from "../audit/audit-log.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { operatorEvent } from "./admin-event.ts";
import type { TenantRecord } from "./tenant-records.ts";
import { tenantTarget } from "./tenant-target.ts";

/** One front end of a tenant, and who asks about it. */
export interface OneFrontEnd {
  caller: AdminCaller;
  slug: string;
  alias: string;
}

export async function findTenantRecord(
  { tenantRecords }: Context,
  slug: string,
): Promise<TenantRecord | Refused<"tenant_unknown">> {
  return (await tenantRecords.find(slug)) ?? new Refused("tenant_unknown");
}

export function frontEndEvent(
  context: Context,
  caller: AdminCaller,
  { slug, subject }: { slug: string; subject: string },
): AuditEvent {
  return operatorEvent(context, caller, "tenant-changed", {
    targetId: tenantTarget(slug),
    subject,
  });
}

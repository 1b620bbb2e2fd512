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

/**
 * Links that set a superadmin's password may lead to a front end. Whoever names one is a person: a client's
 * secret that leaks must not reach a superadmin.
 */
export function refuseClient({ person }: AdminCaller): Refused<"target_out_of_reach"> | null {
  return person === null ? new Refused("target_out_of_reach") : null;
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

import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import type { TenantRecord } from "./tenant-records.ts";

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

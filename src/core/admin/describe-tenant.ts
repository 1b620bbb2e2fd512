import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import type { TenantRecord } from "./tenant-records.ts";

/** One tenant as it is set up. */
export const describeTenant = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    { tenantRecords }: Context,
    { slug }: { caller: AdminCaller; slug: string },
  ): Promise<TenantRecord | Refused<"tenant_unknown">> =>
    (await tenantRecords.find(slug)) ?? new Refused("tenant_unknown"),
);

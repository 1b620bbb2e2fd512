import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { refuseClient } from "./refuse-client.ts";
import { tenantChanged } from "./tenant-changed.ts";
import type { TenantChange, TenantRecord } from "./tenant-records.ts";

/**
 * Changes the name of a tenant, who may register, how it looks and who its letters come from. Running Workers learn
 * of it within a minute. One that was closed is not opened while it has no superadmin: a stranger could be the first.
 * No client says who letters come from, or where answers to them go.
 */
export const changeTenant = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    input: { caller: AdminCaller; slug: string; change: TenantChange },
  ): Promise<TenantRecord | Refused<"tenant_unknown" | "superadmin_missing" | "person_only">> => {
    const { caller, slug, change } = input;
    const { tenantRecords } = context;
    const refused = "senderName" in change || "replyTo" in change ? refuseClient(caller) : null;
    if (refused) {
      return refused;
    }
    const tenant = await tenantRecords.find(slug);
    if (!tenant) {
      return new Refused("tenant_unknown");
    }
    const subject = Object.keys(change).join(", ") || null;
    const event = tenantChanged(context, caller, { slug, subject });
    return (await tenantRecords.change(tenant.id, change, event))
      ? { ...tenant, ...change }
      : new Refused("superadmin_missing");
  },
);

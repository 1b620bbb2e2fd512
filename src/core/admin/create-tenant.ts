import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { isTenantSlug } from "../tenant/slug.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { operatorEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { NOTHING_OWN, type TenantRecord } from "./tenant-records.ts";
import { tenantTarget } from "./tenant-target.ts";

/**
 * Makes a tenant without accounts. Where people register themselves, whoever does so first through the
 * Launcher contract sets it up and is its superadmin; elsewhere an operator makes that one.
 */
export const createTenant = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    input: { caller: AdminCaller; slug: string; name: string; isOpen: boolean },
  ): Promise<TenantRecord | Refused<"invalid_request" | "tenant_taken">> => {
    const { caller, ...asked } = input;
    const { clock, randomness, tenantRecords } = context;
    if (!isTenantSlug(asked.slug)) {
      const issue = "must be 2 to 40 of a-z, 0-9 and inner dashes, and not reserved";
      return new Refused("invalid_request", { fields: [{ field: "slug", issue }] });
    }
    const createdAt = clock.now();
    const tenant = { ...asked, id: randomness.id(createdAt), createdAt };
    const event = operatorEvent(context, caller, "tenant-created", {
      targetId: tenantTarget(asked.slug),
    });
    return (await tenantRecords.insert(tenant, event))
      ? { ...tenant, ...NOTHING_OWN }
      : new Refused("tenant_taken");
  },
);

import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { administered } from "./administered.ts";
import { findTenantRecord, type OneFrontEnd } from "./front-end-target.ts";
import { refuseClient } from "./refuse-client.ts";
import { tenantChanged } from "./tenant-changed.ts";

/** Lets no link that is mailed from now on lead to a site. */
export const removeFrontEnd = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    { caller, slug, alias }: OneFrontEnd,
  ): Promise<void | Refused<"tenant_unknown" | "front_end_unknown" | "person_only">> => {
    const refused = refuseClient(caller);
    if (refused) {
      return refused;
    }
    const tenant = await findTenantRecord(context, slug);
    if (tenant instanceof Refused) {
      return tenant;
    }
    const event = tenantChanged(context, caller, { slug, subject: `front end ${alias} removed` });
    if (!(await context.frontEndRecords.remove(tenant.id, alias, event))) {
      return new Refused("front_end_unknown");
    }
  },
);

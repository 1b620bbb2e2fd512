import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { FrontEnd } from "../tenant/front-end.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { findTenantRecord } from "./front-end-target.ts";

/** The sites that a tenant's mailed links may lead to, the oldest first. */
export const listTenantFrontEnds = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    context: Context,
    { slug }: { caller: AdminCaller; slug: string },
  ): Promise<{ frontEnds: FrontEnd[] } | Refused<"tenant_unknown">> => {
    const tenant = await findTenantRecord(context, slug);
    return tenant instanceof Refused
      ? tenant
      : { frontEnds: await context.frontEnds.list(tenant.id) };
  },
);

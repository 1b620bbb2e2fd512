import type { AdminApi, AdminRequest } from "./admin-api.ts";
import { noTenant } from "./find-tenant.ts";

/** Asks the admin API for a tenant, or for what is below it. */
export function askOfTenant(
  api: AdminApi,
  slug: string,
  { below = "", refusals, ...request }: Omit<AdminRequest, "path"> & { below?: string },
): Promise<unknown> {
  return api.ask({
    ...request,
    path: `/tenants/${encodeURIComponent(slug)}${below}`,
    refusals: { tenant_unknown: noTenant(slug, api.site), ...refusals },
  });
}

import type { Context } from "hono";
import { type Brand, PLAIN_BRAND } from "../../core/tenant/brand.ts";
import type { AppEnv } from "../../http/app-env.ts";

/** How the tenant looks. A page that can say nothing else still says that it cannot: without a brand. */
export function brandOf({ var: { ports, tenantId } }: Context<AppEnv>): Promise<Brand> {
  return ports.tenants.findBrand(tenantId).catch(() => PLAIN_BRAND);
}

import { eq } from "drizzle-orm";
import type { Tenants } from "../../core/ports.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

/** Tenants and their settings in D1. */
export function d1Tenants(db: Database): Tenants {
  return {
    async isOpenForRegistration(tenantId) {
      const [tenant] = await db
        .select({ isOpen: tenants.selfRegistration })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      return tenant?.isOpen ?? false;
    },
  };
}

import type { Context } from "../ports.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { pageOf } from "./page-of.ts";
import type { TenantRecord } from "./tenant-records.ts";

/** Every tenant, by slug. */
export const listTenants = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    { tenantRecords }: Context,
    { after, most }: { caller: AdminCaller; after: string | null; most: number },
  ): Promise<{ tenants: TenantRecord[]; next: string | null }> => {
    const found = await tenantRecords.list(after, most + 1);
    const { items, next } = pageOf(found, most, ({ slug }) => slug);
    return { tenants: items, next };
  },
);

import { eq, sql } from "drizzle-orm";
import { letterSettingsFrom } from "../../core/mail/letter-texts.ts";
import { type Brand, brandFrom, PLAIN_BRAND } from "../../core/tenant/brand.ts";
import type { Tenants } from "../../core/tenant/tenant.ts";
import type { Database } from "./database.ts";
import { accounts, tenants } from "./schema.ts";

/** Tenants and their settings as they are stored. */
export type TenantStore = Omit<Tenants, "recall">;

export function d1Tenants(db: Database): TenantStore {
  return {
    findIdBySlug: (slug) => readId(db, slug),

    async isOpenForRegistration(tenantId) {
      const [tenant] = await db
        .select({ isOpen: tenants.selfRegistration })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      return tenant?.isOpen ?? false;
    },

    async findSetUp(tenantId) {
      const hasAccounts = sql<number>`EXISTS (SELECT 1 FROM ${accounts}
        WHERE ${accounts}.tenant_id = ${tenants}.id)`;
      const [tenant] = await db
        .select({ isOpen: tenants.selfRegistration, hasAccounts })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      if (tenant?.hasAccounts) {
        return "done";
      }
      return tenant?.isOpen ? "open" : "closed";
    },

    findBrand: (tenantId) => readBrand(db, tenantId),

    async findLetterSettings(tenantId) {
      const [tenant] = await db
        .select({ letters: tenants.letters })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      return letterSettingsFrom(tenant?.letters);
    },
  };
}

async function readId(db: Database, slug: string): Promise<string | null> {
  const [tenant] = await db.select({ id: tenants.id }).from(tenants).where(eq(tenants.slug, slug));
  return tenant?.id ?? null;
}

async function readBrand(db: Database, tenantId: string): Promise<Brand> {
  const [tenant] = await db
    .select({ name: tenants.name, brand: tenants.brand })
    .from(tenants)
    .where(eq(tenants.id, tenantId));
  return tenant ? brandFrom(tenant.name, tenant.brand ?? {}) : PLAIN_BRAND;
}

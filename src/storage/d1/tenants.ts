import { eq } from "drizzle-orm";
import type { Clock } from "../../core/ports.ts";
import { type Brand, brandFrom, PLAIN_BRAND } from "../../core/tenant/brand.ts";
import { isTenantSlug } from "../../core/tenant/slug.ts";
import type { Tenants } from "../../core/tenant/tenant.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

const CACHE_SECONDS = 60;
const CACHE_ENTRIES = 1000;

/**
 * Tenants and their settings in D1; which slug is whose is remembered by the isolate for a minute.
 * A reserved slug names no tenant, whatever the table says.
 */
export function d1Tenants(db: Database, clock: Clock): Tenants {
  const cache = new Map<string, { id: string; until: number }>();
  const brands = new Map<string, { brand: Brand; until: number }>();

  return {
    async recall(slug) {
      const cached = cache.get(slug);
      return cached && cached.until > clock.now().getTime() ? cached.id : null;
    },

    async findIdBySlug(slug) {
      if (!isTenantSlug(slug)) {
        return null;
      }
      const id = await readId(db, slug);
      // What does not exist is not remembered: strangers could fill the cache, and a tenant that was
      // just made would stay unknown.
      if (id !== null) {
        cache.size >= CACHE_ENTRIES && cache.clear();
        cache.set(slug, { id, until: clock.now().getTime() + CACHE_SECONDS * 1000 });
      }
      return id;
    },

    async isOpenForRegistration(tenantId) {
      const [tenant] = await db
        .select({ isOpen: tenants.selfRegistration })
        .from(tenants)
        .where(eq(tenants.id, tenantId));
      return tenant?.isOpen ?? false;
    },

    async findBrand(tenantId) {
      const now = clock.now().getTime();
      const cached = brands.get(tenantId);
      if (cached && cached.until > now) {
        return cached.brand;
      }
      const brand = await readBrand(db, tenantId);
      brands.size >= CACHE_ENTRIES && brands.clear();
      brands.set(tenantId, { brand, until: now + CACHE_SECONDS * 1000 });
      return brand;
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

import { and, asc, eq, gt, not, type SQL, sql } from "drizzle-orm";
import type { TenantChange, TenantRecord, TenantRecords } from "../../core/admin/tenant-records.ts";
import { brandFrom } from "../../core/tenant/brand.ts";
import type { Database } from "./database.ts";
import { changeWith, isRecorded } from "./record-with.ts";
import { accounts, tenants } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/** Tenants as operators see and change them, in D1. */
export function d1TenantRecords(db: Database): TenantRecords {
  return {
    async list(afterSlug, most) {
      const rows = await db
        .select()
        .from(tenants)
        .where(gt(tenants.slug, afterSlug ?? ""))
        .orderBy(asc(tenants.slug))
        .limit(most);
      return rows.map(recordOf);
    },

    async find(slug) {
      const [row] = await db.select().from(tenants).where(eq(tenants.slug, slug));
      return row ? recordOf(row) : null;
    },

    async insert({ isOpen, ...tenant }, event) {
      const unset = { brand: null, letters: null, dearestHash: null };
      const row = { ...tenant, ...unset, selfRegistration: isOpen };
      const isTaken = sql`EXISTS (SELECT 1 FROM ${tenants} WHERE ${eq(tenants.slug, tenant.slug)})`;
      const insertion = db
        .insert(tenants)
        .select(sql`SELECT ${valuesOf(tenants, row)} WHERE ${isRecorded(event)}`);
      return changeWith(db, event, not(isTaken), insertion);
    },

    async change(tenantId, change, event) {
      const may = change.isOpen ? mayBeOpen(tenantId) : undefined;
      const update = db
        .update(tenants)
        .set(settingsOf(tenantId, change))
        .where(and(eq(tenants.id, tenantId), isRecorded(event)));
      return changeWith(db, event, may, update);
    },
  };
}

/** It is open already, or nobody would become its superadmin by registering first. */
function mayBeOpen(tenantId: string): SQL {
  const isOpen = and(eq(tenants.id, tenantId), eq(tenants.selfRegistration, true));
  return sql`(EXISTS (SELECT 1 FROM ${tenants} WHERE ${isOpen}) OR EXISTS (SELECT 1 FROM ${accounts}
    WHERE ${eq(accounts.tenantId, tenantId)} AND ${accounts.role} = 'superadmin'))`;
}

/** A brand is merged by the store (RFC 7396): a null in it takes away. */
function settingsOf(id: string, { name, isOpen, brandName, brandColor }: TenantChange) {
  const brand = {
    ...(brandName !== undefined && { name: brandName }),
    ...(brandColor !== undefined && { color: brandColor }),
  };
  return {
    // Something has to be set, where nothing is to change.
    id,
    ...(name !== undefined && { name }),
    ...(isOpen !== undefined && { selfRegistration: isOpen }),
    ...(Object.keys(brand).length > 0 && {
      brand: sql`json_patch(coalesce(${tenants.brand}, '{}'), ${JSON.stringify(brand)})`,
    }),
  };
}

function recordOf({
  id,
  slug,
  name,
  selfRegistration,
  brand,
  createdAt,
}: typeof tenants.$inferSelect): TenantRecord {
  const { color, logo } = brandFrom(name, brand ?? {});
  return {
    id,
    slug,
    name,
    isOpen: selfRegistration,
    brandName: brand?.name ?? null,
    brandColor: color,
    hasLogo: logo !== null,
    createdAt,
  };
}

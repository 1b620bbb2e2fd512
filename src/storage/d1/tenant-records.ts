import { and, asc, type Column, eq, gt, not, type SQL, sql } from "drizzle-orm";
import type { TenantChange, TenantRecord, TenantRecords } from "../../core/admin/tenant-records.ts";
import { letterSettingsFrom } from "../../core/mail/letter-texts.ts";
import { brandFrom } from "../../core/tenant/brand.ts";
import type { Database } from "./database.ts";
import { logoVersion } from "./logo-version.ts";
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
      const settings = await settingsOf(tenantId, change);
      const update = db
        .update(tenants)
        .set(settings)
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

/** Brand and letters are merged by the store (RFC 7396): a null in them takes away. */
async function settingsOf(id: string, change: TenantChange) {
  const { name, isOpen, senderName, replyTo } = change;
  const brand = await brandOf(change);
  const letters = {
    ...(senderName !== undefined && { senderName }),
    ...(replyTo !== undefined && { replyTo }),
  };
  return {
    // Something has to be set, where nothing is to change.
    id,
    ...(name !== undefined && { name }),
    ...(isOpen !== undefined && { selfRegistration: isOpen }),
    ...(isAny(brand) && { brand: merged(tenants.brand, brand) }),
    ...(isAny(letters) && { letters: merged(tenants.letters, letters) }),
  };
}

async function brandOf({ brandName, brandColor, brandLogo }: TenantChange) {
  const version = brandLogo && (await logoVersion(brandLogo.base64));
  const logo = brandLogo && { ...brandLogo, version };
  return {
    ...(brandName !== undefined && { name: brandName }),
    ...(brandColor !== undefined && { color: brandColor }),
    ...(logo !== undefined && { logo }),
  };
}

const isAny = (patch: object) => Object.keys(patch).length > 0;
const merged = (column: Column, patch: object) =>
  sql`json_patch(coalesce(${column}, '{}'), ${JSON.stringify(patch)})`;

function recordOf({ brand, letters, selfRegistration, ...row }: Row): TenantRecord {
  const { id, slug, name, createdAt } = row;
  const { color, logo } = brandFrom(name, brand ?? {});
  const { senderName, replyTo } = letterSettingsFrom(letters);
  return {
    ...{ id, slug, name, createdAt },
    isOpen: selfRegistration,
    brandName: brand?.name ?? null,
    brandColor: color,
    brandLogo: logo && { mediaType: logo.mediaType, base64: logo.base64 },
    ...{ senderName, replyTo },
  };
}

type Row = typeof tenants.$inferSelect;

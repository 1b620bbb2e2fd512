import type { AuditEvent } from "../audit/audit-log.ts";

/** A tenant and its settings. */
export interface TenantRecord {
  id: string;
  slug: string;
  name: string;
  /** Whether people make accounts themselves. */
  isOpen: boolean;
  /** What people see in place of the name, and a colour; null for none of its own. */
  brandName: string | null;
  brandColor: string | null;
  hasLogo: boolean;
  createdAt: Date;
}

/** What is not named stays as it is; null takes away. */
export interface TenantChange {
  name?: string;
  isOpen?: boolean;
  brandName?: string | null;
  brandColor?: string | null;
}

/** Tenants as operators see and change them, with the event that tells of it: both or neither. */
export interface TenantRecords {
  /** By slug: after one, where it is given. */
  list(afterSlug: string | null, most: number): Promise<TenantRecord[]>;
  find(slug: string): Promise<TenantRecord | null>;
  /** False when the slug is taken. */
  insert(
    tenant: Pick<TenantRecord, "id" | "slug" | "name" | "isOpen" | "createdAt">,
    event: AuditEvent,
  ): Promise<boolean>;
  /** False, and nothing is changed, when it would open a closed tenant that has no superadmin. */
  change(tenantId: string, change: TenantChange, event: AuditEvent): Promise<boolean>;
}

import type { Logo } from "../tenant/brand.ts";
import type { Deed } from "./deed.ts";

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
  brandLogo: Image | null;
  /** Who its letters come from, and where answers go; null for as the service sends its own. */
  senderName: string | null;
  replyTo: string | null;
  createdAt: Date;
}

/** A logo as it is given. What tells it from the one before is the store's to say. */
export type Image = Omit<Logo, "version">;

/** One that says of all that may be its own that it is not. */
export const NOTHING_OWN = {
  brandName: null,
  brandColor: null,
  brandLogo: null,
  senderName: null,
  replyTo: null,
} as const satisfies TenantChange;

/** What is not named stays as it is; null takes away. */
export interface TenantChange {
  name?: string;
  isOpen?: boolean;
  brandName?: string | null;
  brandColor?: string | null;
  brandLogo?: Image | null;
  senderName?: string | null;
  replyTo?: string | null;
}

/** Tenants as operators see and change them, with the event that tells of it: both or neither. */
export interface TenantRecords {
  /** By slug: after one, where it is given. */
  list(afterSlug: string | null, most: number): Promise<TenantRecord[]>;
  find(slug: string): Promise<TenantRecord | null>;
  /** False when the slug is taken. */
  insert(
    tenant: Pick<TenantRecord, "id" | "slug" | "name" | "isOpen" | "createdAt">,
    event: Deed,
  ): Promise<boolean>;
  /** False, and nothing is changed, when it would open a closed tenant that has no superadmin. */
  change(tenantId: string, change: TenantChange, event: Deed): Promise<boolean>;
}

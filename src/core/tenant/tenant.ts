import type { LetterSettings } from "../mail/letter-texts.ts";
import type { Brand } from "./brand.ts";

/** The tenant that paths without a tenant's name belong to. The first migration creates it. */
export const DEFAULT_TENANT_ID = "00000000-0000-7000-8000-000000000000";

export interface Tenants {
  /** What the isolate remembers of the tenant that a path names, without a look into the store. */
  recall(slug: string): Promise<string | null>;
  /** The id of the tenant that a path names; null when there is none. Remembered for a while. */
  findIdBySlug(slug: string): Promise<string | null>;
  isOpenForRegistration(tenantId: string): Promise<boolean>;
  /**
   * Whether somebody may set it up by registering first. `done`: it has accounts. `closed`: people do not
   * register themselves, so nobody does.
   */
  findSetUp(tenantId: string): Promise<"open" | "closed" | "done">;
  /** Remembered for a while. */
  findBrand(tenantId: string): Promise<Brand>;
  /** How its letters are sent. Remembered for a while. */
  findLetterSettings(tenantId: string): Promise<LetterSettings>;
}

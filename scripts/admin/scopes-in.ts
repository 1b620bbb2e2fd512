import type { AdminScope } from "../../src/core/admin/admin-scope.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";

/**
 * What a token has to be good for, to do something in a tenant: who is held to scopes reaches others than
 * the default one as an operator alone.
 */
export function scopesIn(slug: string, ...scopes: readonly AdminScope[]): readonly AdminScope[] {
  return slug === DEFAULT_TENANT_SLUG ? scopes : [...scopes, "admin:tenants"];
}

/**
 * What a token may do here that is held to scopes: one that a client got for itself, or got from an
 * administrator by device or browser. A token of a plain sign-in has none, and goes by its role alone.
 */
export const ADMIN_SCOPES = [
  "admin:accounts:read",
  "admin:accounts",
  "admin:keys",
  "admin:clients",
  "admin:tenants",
  "admin:audit",
] as const;

export type AdminScope = (typeof ADMIN_SCOPES)[number];

/** Those among scopes that open something here. */
export function adminScopesIn(scopes: readonly string[]): readonly AdminScope[] {
  return ADMIN_SCOPES.filter((scope) => scopes.includes(scope));
}

/** The tenant that paths without a tenant's name belong to, by its slug. */
export const DEFAULT_TENANT_SLUG = "default";

/** Whose accounts, clients or sites a command is about. */
export const tenantOption = {
  value: "slug",
  what: `the tenant, ${DEFAULT_TENANT_SLUG} unless given`,
} as const;

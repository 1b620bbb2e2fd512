/** The tenant that paths without a tenant's name belong to. The first migration creates it. */
export const DEFAULT_TENANT_ID = "00000000-0000-7000-8000-000000000000";

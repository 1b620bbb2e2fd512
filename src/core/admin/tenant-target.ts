/** What the audit log calls a tenant. */
export const tenantTarget = (slug: string) => `tenant:${slug}`;

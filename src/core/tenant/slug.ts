/**
 * First segments of paths that are the service's own, or may become so: as a tenant's name they
 * would stand for two things. A test holds this list to the routes that there are.
 */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ".well-known",
  "account",
  "admin",
  "api",
  "assets",
  "auth",
  "authorize",
  "consent",
  "dev",
  "device",
  "docs",
  "favicon.ico",
  "forgot",
  "health",
  "introspect",
  "login",
  "logout",
  "mail",
  "manage",
  "oauth",
  "openapi.json",
  "register",
  "reset",
  "reset-password",
  "revoke",
  "robots.txt",
  "secure",
  "signin",
  "signout",
  "signup",
  "static",
  "style.css",
  "token",
  "v1",
  "v2",
  "verify",
  "verify-email-success",
]);

/** 2 to 40 of a-z, 0-9 and inner dashes. */
export const TENANT_SLUG = /^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/;

/** Whether a path's segment can name a tenant: it has the form, and is not reserved. */
export function isTenantSlug(slug: string): boolean {
  return TENANT_SLUG.test(slug) && !RESERVED_SLUGS.has(slug);
}

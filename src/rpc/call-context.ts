import { DEFAULT_LANGUAGE } from "../core/language.ts";
import type { Context, Ports } from "../core/ports.ts";
import type { Requester } from "../core/requester.ts";
import { DEFAULT_TENANT_ID } from "../core/tenant/tenant.ts";
import { terms } from "../oauth/terms.ts";
import { UnknownTenant } from "./unknown-tenant.ts";

/** A Worker of the same account asks for others: of them it says nothing. */
const NOBODY: Requester = {
  address: "unknown",
  userAgent: null,
  city: null,
  country: null,
  network: null,
  language: DEFAULT_LANGUAGE,
};

/**
 * The core's view of a call that no HTTP request stands behind, in the tenant that the binding
 * names. Throws `UnknownTenant` when there is none of that name.
 */
export async function callContext(
  ports: Ports,
  slug: unknown,
  afterwards: Context["afterwards"],
): Promise<Context> {
  const tenantId = await findTenant(ports, slug);
  return { ...ports, terms, tenantId, requester: NOBODY, afterwards };
}

async function findTenant({ tenants }: Ports, slug: unknown): Promise<string> {
  if (slug === undefined) {
    return DEFAULT_TENANT_ID;
  }
  const known =
    typeof slug === "string"
      ? ((await tenants.recall(slug)) ?? (await tenants.findIdBySlug(slug)))
      : null;
  if (known === null) {
    throw new UnknownTenant();
  }
  return known;
}

import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { askOfTenant } from "./ask-of-tenant.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { type Site, task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/**
 * Whether people of a tenant may make accounts themselves. It holds from the next request on. A closed one
 * without a superadmin stays closed: a stranger could be the first.
 */
export const setRegistration = command({
  summary: "Lets people of a tenant register themselves, or no more",
  options: {
    tenant: tenantOption,
    open: { what: "people register themselves" },
    closed: { what: "accounts are made for them" },
  },
  isOverHttp: true,
  examples: ["--closed", "--tenant acme --open"],

  plan({ tenant: slug = DEFAULT_TENANT_SLUG, open, closed }) {
    if (open === closed) {
      throw new Problem("Say whether registration is open.", "Give either --open or --closed.");
    }
    const state = open ? "open" : "closed";
    return task({
      intent: `make registration ${state} in the tenant ${slug}`,
      statements: {
        tenant: findTenant(slug),
        set: sql`UPDATE tenants SET self_registration = ${open}
          WHERE slug = ${slug} AND self_registration <> ${open} AND (NOT ${open} OR EXISTS
            (SELECT 1 FROM accounts WHERE tenant_id = tenants.id AND role = 'superadmin'))`,
        told: tellDeed("tenant-changed", {
          target: `tenant:${slug}`,
          subject: `registration ${state}`,
        }),
        unset: sql`SELECT 1 AS one FROM tenants WHERE slug = ${slug} AND self_registration <> ${open}`,
      },
      report({ tenant, unset }, site) {
        requireTenant(tenant, slug, site);
        if (unset.length > 0) {
          throw noSuperadmin(slug, site);
        }
        return whatItIs(slug, open, site.publicUrl);
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const body = { registration: state };
          const refusals = { superadmin_missing: noSuperadmin(slug, api.site) };
          await askOfTenant(api, slug, { method: "PATCH", body, refusals });
          return whatItIs(slug, open, api.site.publicUrl);
        },
      },
    });
  },
});

function noSuperadmin(slug: string, site: Site): Problem {
  return new Problem(
    `The tenant ${slug} has no superadmin: whoever registered first would be it.`,
    `Make one, then open it: ${site.admin(`create-superadmin --tenant ${slug} --email …`)}`,
  );
}

/** An open tenant has a superadmin, and so nobody registers there by Launcher's `register`, which makes the first. */
function whatItIs(slug: string, open: boolean, publicUrl: string): string[] {
  if (!open) {
    return [`Registration is closed in the tenant ${slug}.`];
  }
  const isDefault = slug === DEFAULT_TENANT_SLUG;
  const base = `${publicUrl}${isDefault ? "" : `/${slug}`}/api/v1/auth`;
  return [
    `Registration is open in the tenant ${slug}.`,
    isDefault
      ? `People register at ${publicUrl}/register, and programs of Launcher's contract have a code mailed:`
      : "People register by a code that is mailed:",
    `  POST ${base}/send-code, then …/verify-code. …/register makes the first superadmin, and answers 409 once there is an account.`,
  ];
}

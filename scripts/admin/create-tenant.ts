import { isTenantSlug, RESERVED_SLUGS } from "../../src/core/tenant/slug.ts";
import { insertTenant } from "../insert-tenant.ts";
import { Problem } from "../problem.ts";
import { command } from "./command.ts";
import { readName } from "./read-name.ts";
import { type Site, task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";

/**
 * Closed, unless it is to be open: there whoever registers first is its superadmin, which a stranger could be
 * before anybody was named. Refuses a slug that is taken, reserved or not one.
 */
export const createTenant = command({
  summary: "Makes a tenant: a user store of its own, below /<slug>",
  options: {
    slug: { value: "slug", what: "the first segment of its paths", required: true },
    name: { value: "name", what: "what people read", required: true },
    open: { what: "people register themselves, and the first of them is its superadmin" },
  },
  isOverHttp: true,
  examples: ['--slug acme --name "Acme"', '--slug club --name "Our club" --open'],

  plan({ slug, name: givenName, open }) {
    refuseWrongSlug(slug);
    const name = readName(givenName);
    const registration = open ? "open for registration" : "closed for registration";
    const said = ({ publicUrl, admin }: Site) => [
      `Made the tenant ${slug}, ${registration}: ${publicUrl}/${slug}/api/v1/…`,
      whoIsSuperadmin(open),
      `  ${admin(`create-superadmin --tenant ${slug} --email …`)}`,
    ];
    return task({
      intent: `make the tenant ${slug}, ${JSON.stringify(name)}, ${registration}`,
      statements: {
        made: insertTenant({ slug, name, isOpen: open }),
        told: tellDeed("tenant-created", { target: `tenant:${slug}` }),
      },
      report({ made }, site) {
        if (made.length === 0) {
          throw taken(slug);
        }
        return said(site);
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const body = { slug, name, registration: open ? "open" : "closed" };
          const refusals = { tenant_taken: taken(slug) };
          await api.ask({ method: "POST", path: "/tenants", body, refusals });
          return said(api.site);
        },
      },
    });
  },
});

function taken(slug: string): Problem {
  return new Problem(`The slug ${slug} is taken.`, "Choose another one, with --slug.");
}

function whoIsSuperadmin(open: boolean): string {
  return open
    ? "Whoever registers there first becomes its superadmin. Be the first, or name one now:"
    : "It has no superadmin, and nobody becomes it by registering. Make one:";
}

function refuseWrongSlug(slug: string): void {
  if (RESERVED_SLUGS.has(slug)) {
    throw new Problem(
      `The slug ${slug} is reserved: the service has paths that begin with it.`,
      "Choose another one, with --slug.",
    );
  }
  if (!isTenantSlug(slug)) {
    throw new Problem(
      `${JSON.stringify(slug)} is not a slug.`,
      "Give 2 to 40 of a-z, 0-9 and dashes, without a dash at either end: --slug acme",
    );
  }
}

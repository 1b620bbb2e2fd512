import { isTenantSlug, RESERVED_SLUGS } from "../../src/core/tenant/slug.ts";
import { insertTenant } from "../insert-tenant.ts";
import { Problem } from "../problem.ts";
import { command } from "./command.ts";
import { readName } from "./read-name.ts";
import { task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";

/** Refuses a slug that is taken, reserved or not one. */
export const createTenant = command({
  summary: "Makes a tenant: a user store of its own, below /<slug>",
  options: {
    slug: { value: "slug", what: "the first segment of its paths", required: true },
    name: { value: "name", what: "what people read", required: true },
    closed: { what: "people cannot register themselves" },
  },
  isOverHttp: true,
  examples: ['--slug acme --name "Acme"', '--slug staff --name "Our staff" --closed'],

  plan({ slug, name: givenName, closed }, now) {
    refuseWrongSlug(slug);
    const name = readName(givenName);
    const registration = closed ? "closed for registration" : "open for registration";
    return task({
      intent: `make the tenant ${slug}, ${JSON.stringify(name)}, ${registration}`,
      statements: {
        made: insertTenant({ slug, name, isOpen: !closed }, now),
        told: tellDeed("tenant-created", { target: `tenant:${slug}` }, now),
      },
      report({ made }, { publicUrl, admin }) {
        if (made.length === 0) {
          throw new Problem(`The slug ${slug} is taken.`, "Choose another one, with --slug.");
        }
        return [
          `Made the tenant ${slug}, ${registration}: ${publicUrl}/${slug}/api/v1/…`,
          whoIsSuperadmin(closed),
          `  ${admin(`create-superadmin --tenant ${slug} --email …`)}`,
        ];
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const body = { slug, name, registration: closed ? "closed" : "open" };
          await api.ask({ method: "POST", path: "/tenants", body });
          return [
            `Made the tenant ${slug}, ${registration}: ${api.url}/${slug}/api/v1/…`,
            whoIsSuperadmin(closed),
            `  npm run admin -- create-superadmin --tenant ${slug} --email … --url ${api.url}`,
          ];
        },
      },
    });
  },
});

function whoIsSuperadmin(closed: boolean): string {
  return closed
    ? "It has no superadmin, and nobody becomes it by registering. Make one:"
    : "Whoever registers there first becomes its superadmin. Be the first, or name one now:";
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

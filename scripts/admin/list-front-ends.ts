import { d1FrontEnds } from "../../src/storage/d1/front-ends.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { tenantOf } from "./find-tenant.ts";
import { inUtc } from "./in-utc.ts";
import { type ListedFrontEnd, remoteFrontEnds } from "./remote-front-ends.ts";
import { storageOn } from "./storage-on.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";

/** Reads, and writes nothing. */
export const listFrontEnds = command({
  summary: "Lists the sites that a tenant's mailed links may lead to, the oldest first",
  options: { tenant: tenantOption },
  isOverHttp: true,
  onlyReads: true,
  examples: ["", "--tenant acme --remote"],

  plan({ tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    return {
      intent: `list the sites that mailed links of the tenant ${slug} may lead to`,
      readsOnly: true,
      async run(place) {
        const { tenantId } = await tenantOf(place, slug);
        return tableOf(slug, await d1FrontEnds(storageOn(place.database)).list(tenantId));
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          return tableOf(slug, await remoteFrontEnds(api, slug));
        },
      },
    };
  },
});

function tableOf(slug: string, sites: readonly ListedFrontEnd[]): string[] {
  if (sites.length === 0) {
    return [`Mailed links of the tenant ${slug} may lead to no site but the service's own.`];
  }
  return asTable([
    ["alias", "address", "since"],
    ...sites.map(({ alias, url, changedAt }) => [alias, url, inUtc(changedAt.getTime())]),
  ]);
}

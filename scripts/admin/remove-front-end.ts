import { tenantTarget } from "../../src/core/admin/tenant-target.ts";
import { d1FrontEndRecords } from "../../src/storage/d1/front-end-records.ts";
import { Problem } from "../problem.ts";
import { askOfTenant } from "./ask-of-tenant.ts";
import { command } from "./command.ts";
import { deedByOperator } from "./event-by-operator.ts";
import { tenantOf } from "./find-tenant.ts";
import { forPeopleAlone } from "./for-people-alone.ts";
import { storageOn } from "./storage-on.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";

/** What was mailed before still leads there. */
export const removeFrontEnd = command({
  summary: "Lets no link that is mailed from now on lead to a site",
  options: {
    alias: { value: "alias", what: "which, as list-front-ends shows it", required: true },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: ["--alias studio"],

  plan({ alias, tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    const said = [
      `Links that are mailed in the tenant ${slug} from now on lead to ${alias} no more.`,
    ];
    const none = (site: Site) =>
      new Problem(
        `The tenant ${slug} has no front end ${alias}.`,
        `Look at those there are: ${site.admin(`list-front-ends --tenant ${slug}`)}`,
      );
    return {
      intent: `let no mailed link of the tenant ${slug} lead to ${alias}`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const records = d1FrontEndRecords(storageOn(place.database));
        const subject = `front end ${alias} removed`;
        const event = deedByOperator("tenant-changed", tenantTarget(slug), now, subject);
        if (!(await records.remove(tenantId, alias, event))) {
          throw none(place.site);
        }
        return said;
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          await askOfTenant(api, slug, {
            method: "DELETE",
            below: `/front-ends/${encodeURIComponent(alias)}`,
            refusals: { ...forPeopleAlone(), front_end_unknown: none(api.site) },
          });
          return said;
        },
      },
    };
  },
});

import { tenantTarget } from "../../src/core/admin/tenant-target.ts";
import { d1FrontEndRecords } from "../../src/storage/d1/front-end-records.ts";
import { Problem } from "../problem.ts";
import { command } from "./command.ts";
import { deedByOperator } from "./event-by-operator.ts";
import { tenantOf } from "./find-tenant.ts";
import { storageOn } from "./storage-on.ts";
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
    const list = `list-front-ends --tenant ${slug}`;
    const advice = (line: string) => `Look at those there are: ${line}`;
    return {
      intent: `let no mailed link of the tenant ${slug} lead to ${alias}`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const records = d1FrontEndRecords(storageOn(place.database));
        const subject = `front end ${alias} removed`;
        const event = deedByOperator("tenant-changed", tenantTarget(slug), now, subject);
        if (!(await records.remove(tenantId, alias, event))) {
          const line = place.site.admin(list);
          throw new Problem(`The tenant ${slug} has no front end ${alias}.`, advice(line));
        }
        return said;
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          await api.ask({
            method: "DELETE",
            path: `/tenants/${encodeURIComponent(slug)}/front-ends/${encodeURIComponent(alias)}`,
            advice: advice(`npm run admin -- ${list} --url ${api.url}`),
          });
          return said;
        },
      },
    };
  },
});

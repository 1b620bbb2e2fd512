import { FRONT_END_ALIAS } from "../../src/core/tenant/front-end-url.ts";
import { insertFrontEnd } from "../insert-front-end.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { askOfTenant } from "./ask-of-tenant.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { forPeopleAlone } from "./for-people-alone.ts";
import { readSite } from "./read-site.ts";
import { remoteFrontEnds } from "./remote-front-ends.ts";
import { task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** An alias that is there already leads to the new address from now on. */
export const allowFrontEnd = command({
  summary: "Names a site that mailed links of the CREDEBL contract may lead to",
  options: {
    alias: { value: "alias", what: "what clients call it", required: true },
    to: { value: "url", what: "where it is: https, or http on a loopback address", required: true },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: ["--alias studio --to https://studio.example.com"],

  plan({ alias, to: givenUrl, tenant: slug = DEFAULT_TENANT_SLUG }) {
    refuseWrongAlias(alias);
    const url = readSite(givenUrl);
    const outcome = (before: string | undefined) => {
      if (before === undefined) {
        return [`Mailed links of the tenant ${slug} may now lead to ${alias}, ${url}`];
      }
      return before === url
        ? [`${alias} leads to ${url} already.`]
        : [`${alias} leads to ${url} now. Before, it led to ${before}`];
    };
    return task({
      intent: `let mailed links of the tenant ${slug} lead to ${url}, under the alias ${alias}`,
      statements: {
        tenant: findTenant(slug),
        before: sql`SELECT url FROM front_ends JOIN tenants ON tenants.id = tenant_id
          WHERE slug = ${slug} AND alias = ${alias}`,
        written: insertFrontEnd({ tenantSlug: slug, alias, url }),
        told: tellDeed("tenant-changed", {
          target: `tenant:${slug}`,
          subject: `front end ${alias}`,
        }),
      },
      report({ tenant, before: [before] }, site) {
        requireTenant(tenant, slug, site);
        return outcome(before && String(before["url"]));
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          const sites = await remoteFrontEnds(api, slug);
          const below = `/front-ends/${encodeURIComponent(alias)}`;
          const about = { below, refusals: forPeopleAlone() };
          await askOfTenant(api, slug, { method: "PUT", ...about, body: { url } });
          return outcome(sites.find((site) => site.alias === alias)?.url);
        },
      },
    });
  },
});

function refuseWrongAlias(alias: string): void {
  if (!FRONT_END_ALIAS.test(alias)) {
    throw new Problem(
      `${JSON.stringify(alias)} is not an alias.`,
      "Give up to 64 letters, digits, dots, dashes and underscores, a letter or digit first.",
    );
  }
}

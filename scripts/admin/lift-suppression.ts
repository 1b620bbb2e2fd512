import { normaliseEmail } from "../../src/core/email-address.ts";
import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** The row stays for two weeks: or what a provider tells once more would begin it anew. */
export const liftSuppression = command({
  summary: "Has letters tried again to an address, or to a whole domain",
  options: {
    email: { value: "address", what: "the address" },
    domain: { value: "domain", what: "every address of it, after its servers turned all away" },
    tenant: tenantOption,
  },
  examples: ["--email ada@example.com", "--domain example.com --tenant acme"],

  plan({ email, domain, tenant: slug = DEFAULT_TENANT_SLUG }) {
    const whose = readWhose(email, domain);
    const tenantId = sql`(SELECT id FROM tenants WHERE slug = ${slug})`;
    return task({
      intent: `send letters to ${whose.named} in the tenant ${slug} again`,
      statements: {
        tenant: findTenant(slug),
        lifted: sql`
          UPDATE suppressed_addresses SET until = ${databaseNow}
          WHERE tenant_id = ${tenantId} AND until > ${databaseNow}
            AND ${whose.condition}
          RETURNING email`,
        told: tellDeed("suppression-lifted", { subject: whose.named, tenantId }),
      },
      report({ tenant, lifted }, site) {
        requireTenant(tenant, slug, site);
        if (lifted.length === 0) {
          throw new Problem(
            `Nothing keeps letters from ${whose.named}.`,
            `Look at those there are: ${site.admin(`list-suppressed --tenant ${slug}`)}`,
          );
        }
        return lifted.map((row) => `${row["email"]} is sent letters again.`);
      },
    });
  },
});

function readWhose(email: string | undefined, domain: string | undefined) {
  if ((email === undefined) === (domain === undefined)) {
    throw new Problem("Say whose letters to try again.", "Give either --email or --domain.");
  }
  if (email !== undefined) {
    const address = normaliseEmail(email);
    return { named: address, condition: sql`email = ${address}` };
  }
  const of = `@${normaliseEmail(domain ?? "").replace(/^@/, "")}`;
  return { named: `every address ${of}`, condition: sql`substr(email, -${of.length}) = ${of}` };
}

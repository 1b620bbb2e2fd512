import { databaseNow } from "../database-clock.ts";
import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { inUtc } from "./in-utc.ts";
import { task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

const MOST = 500;

/** Reads, and writes nothing. */
export const listSuppressed = command({
  summary: "Lists the addresses that are sent nothing, since letters came back or were called junk",
  options: { tenant: tenantOption },
  onlyReads: true,
  examples: ["--tenant acme"],

  plan: ({ tenant: slug = DEFAULT_TENANT_SLUG }) =>
    task({
      intent: `list the addresses of the tenant ${slug} that are sent nothing`,
      readsOnly: true,
      statements: {
        tenant: findTenant(slug),
        suppressed: sql`
          SELECT email, reason, detail, at, until FROM suppressed_addresses
          WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${slug}) AND until > ${databaseNow}
          ORDER BY at DESC LIMIT ${MOST}`,
      },
      report({ tenant, suppressed }, site) {
        requireTenant(tenant, slug, site);
        if (suppressed.length === 0) {
          return ["Every address is sent its letters."];
        }
        const rows = suppressed.map(({ email, reason, detail, at, until }) => [
          String(email),
          `${reason} ${inUtc(Number(at))}`,
          String(detail),
          `until ${inUtc(Number(until))}`,
        ]);
        const more = suppressed.length === MOST ? [`There may be more than these ${MOST}.`] : [];
        return [...asTable([["address", "", "said", ""], ...rows]), ...more];
      },
    }),
});

import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { refuseOtherTenant } from "./refuse-other-tenant.ts";
import { task } from "./task.ts";
import { tellDeed } from "./tell-event.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import { WORKERS_REMEMBER } from "./workers-remember.ts";

/** In one transaction, so that nothing it was given outlives it. */
export const removeClient = command({
  summary: "Removes a client and ends the sessions that people opened for it",
  options: { id: { value: "id", what: "its client_id", required: true }, tenant: tenantOption },
  isOverHttp: true,
  examples: ["--id living-room"],

  plan({ id, tenant: slug = DEFAULT_TENANT_SLUG }) {
    const inTenant = sql`tenant_id = (SELECT id FROM tenants WHERE slug = ${slug})`;
    return task({
      intent: `remove the client ${id} from the tenant ${slug} and end its sessions`,
      statements: {
        tenant: findTenant(slug),
        ended: sql`UPDATE sessions SET revoked_at = ${databaseNow}
          WHERE client_id = ${id} AND ${inTenant} AND revoked_at IS NULL AND expires_at > ${databaseNow}
          RETURNING id`,
        removed: sql`DELETE FROM clients WHERE id = ${id} AND ${inTenant} RETURNING id`,
        told: tellDeed("client-removed", { target: `client:${id}` }),
      },
      report({ tenant, ended, removed }, site) {
        requireTenant(tenant, slug, site);
        if (removed.length === 0) {
          throw new Problem(`The tenant ${slug} has no client ${id}.`, "Check the id.");
        }
        return [`Removed the client ${id}. Sessions ended: ${ended.length}.`, WORKERS_REMEMBER];
      },
      overHttp: {
        // Whoever removes a client has to hold what that may do.
        scopes: ["admin:clients", "admin:accounts", "admin:tenants"],
        async carryOut(api) {
          refuseOtherTenant(slug);
          await api.ask({ method: "DELETE", path: `/clients/${encodeURIComponent(id)}` });
          return [`Removed the client ${id}. What people opened for it ended.`, WORKERS_REMEMBER];
        },
      },
    });
  },
});

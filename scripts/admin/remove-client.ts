import { clientTarget } from "../../src/core/admin/client-target.ts";
import { d1ClientRecords } from "../../src/storage/d1/client-records.ts";
import { askOfClient, noClient } from "./ask-of-client.ts";
import { command } from "./command.ts";
import { deedByOperator } from "./event-by-operator.ts";
import { tenantOf } from "./find-tenant.ts";
import { refuseOtherTenant } from "./refuse-other-tenant.ts";
import { storageOn } from "./storage-on.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";
import { WORKERS_REMEMBER } from "./workers-remember.ts";

/** Nothing that it was given outlives it, nor is it another's who is registered under its id. */
export const removeClient = command({
  summary: "Removes a client and ends the sessions that people opened for it",
  options: { id: { value: "id", what: "its client_id", required: true }, tenant: tenantOption },
  isOverHttp: true,
  examples: ["--id living-room"],

  plan({ id, tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    const said = [`Removed the client ${id}. What people opened for it ended.`, WORKERS_REMEMBER];
    return {
      intent: `remove the client ${id} from the tenant ${slug} and end its sessions`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const records = d1ClientRecords(storageOn(place.database));
        const event = deedByOperator("client-removed", clientTarget(id), now);
        if (!(await records.remove({ tenantId, id }, event))) {
          throw noClient(id, slug, place.site);
        }
        return said;
      },
      overHttp: {
        // Whoever removes a client has to hold what that may do.
        scopes: ["admin:clients", "admin:accounts", "admin:tenants"],
        async carryOut(api) {
          refuseOtherTenant(slug);
          await askOfClient(api, id, { method: "DELETE" });
          return said;
        },
      },
    };
  },
});

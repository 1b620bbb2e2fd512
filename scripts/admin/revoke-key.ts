import { d1KeyRecords } from "../../src/storage/d1/key-records.ts";
import { Problem } from "../problem.ts";
import { command } from "./command.ts";
import { eventByOperator } from "./event-by-operator.ts";
import { tenantOf } from "./find-tenant.ts";
import { AS_SUPERADMIN } from "./for-people-alone.ts";
import { scopesIn } from "./scopes-in.ts";
import { storageOn } from "./storage-on.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";

/** Of either kind. No Worker remembers a key: it opens nothing from the next request on. */
export const revokeKey = command({
  summary: "Revokes an API key or a service key, at once",
  options: {
    id: { value: "id", what: "its id, as list-keys shows it", required: true },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan({ id, tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    const said = [`Revoked the key ${id}: it opens nothing any more.`];
    const tenant = slug === DEFAULT_TENANT_SLUG ? "" : ` --tenant ${slug}`;
    const none = (site: Site) =>
      new Problem(
        `The tenant ${slug} has no key ${id}.`,
        `Look at those there are, with --email at an account's and without at the tenant's service keys: ${site.admin(`list-keys${tenant}`)}`,
      );
    return {
      intent: `revoke the key ${id} of the tenant ${slug}`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const records = d1KeyRecords(storageOn(place.database));
        const key = await records.find(tenantId, id);
        const event = key && eventByOperator("key-revoked", key, now, key.name);
        if (!event || !(await records.remove(key, event))) {
          throw none(place.site);
        }
        return said;
      },
      overHttp: {
        scopes: scopesIn(slug, "admin:keys"),
        async carryOut(api) {
          await api.ask({
            method: "DELETE",
            path: `/keys/${encodeURIComponent(id)}`,
            tenant: slug,
            refusals: { key_unknown: none(api.site), target_out_of_reach: ofAdministrator(id) },
          });
          return said;
        },
      },
    };
  },
});

function ofAdministrator(id: string): Problem {
  return new Problem(
    `Only a superadmin may revoke the key ${id}: it is an administrator's.`,
    AS_SUPERADMIN,
  );
}

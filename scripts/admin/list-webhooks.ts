import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { inUtc } from "./in-utc.ts";
import { type Row, task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** Reads, and writes nothing. */
export const listWebhooks = command({
  summary: "Lists where events of a tenant are sent, and how that goes",
  options: { tenant: tenantOption },
  examples: ["", "--tenant acme --remote"],

  plan: ({ tenant: slug = DEFAULT_TENANT_SLUG }) =>
    task({
      intent: `list the webhooks of the tenant ${slug}`,
      readsOnly: true,
      statements: {
        tenant: findTenant(slug),
        webhooks: sql`SELECT id, url, events, disabled_at, failing_since, problem, retry_at,
            (SELECT count(*) FROM audit_seals WHERE audit_seals.tenant_id = webhooks.tenant_id
              AND audit_seals.sequence > webhooks.sequence) AS behind
          FROM webhooks WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${slug}) ORDER BY id`,
      },
      report({ tenant, webhooks }, site) {
        requireTenant(tenant, slug, site);
        if (webhooks.length === 0) {
          return [`The tenant ${slug} has no webhook.`];
        }
        return asTable([
          ["id", "address", "events", "state"],
          ...webhooks.map((row) => [
            String(row["id"]),
            String(row["url"]),
            row["events"] === null
              ? "all"
              : (JSON.parse(String(row["events"])) as string[]).join(","),
            stateOf(row),
          ]),
        ]);
      },
    }),
});

function stateOf(row: Row): string {
  const behind = Number(row["behind"]);
  const waiting = behind === 0 ? "" : `; ${behind} seals behind`;
  if (row["disabled_at"] !== null) {
    return `off since ${inUtc(Number(row["disabled_at"]))}: ${row["problem"]}${waiting}`;
  }
  return row["failing_since"] === null
    ? `on${waiting}`
    : `fails since ${inUtc(Number(row["failing_since"]))}: ${row["problem"]}; next try ${inUtc(Number(row["retry_at"]))}${waiting}`;
}

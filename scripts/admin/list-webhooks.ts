import { sql } from "../sql.ts";
import { asTable } from "./as-table.ts";
import { command } from "./command.ts";
import { counted } from "./counted.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { inUtc } from "./in-utc.ts";
import { type ListedWebhook, listedWebhook, remoteWebhooks } from "./remote-webhooks.ts";
import { type Row, task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** Reads, and writes nothing. */
export const listWebhooks = command({
  summary: "Lists where events of a tenant are sent, and how that goes",
  options: { tenant: tenantOption },
  isOverHttp: true,
  onlyReads: true,
  examples: ["", "--tenant acme --remote"],

  plan: ({ tenant: slug = DEFAULT_TENANT_SLUG }) =>
    task({
      intent: `list the webhooks of the tenant ${slug}`,
      readsOnly: true,
      statements: {
        tenant: findTenant(slug),
        webhooks: sql`SELECT id, url, events, disabled_at, failing_since, problem, retry_at,
            (SELECT count(*) FROM audit_seals WHERE audit_seals.tenant_id = webhooks.tenant_id
              AND audit_seals.sequence > webhooks.sequence) AS seals_behind
          FROM webhooks WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${slug}) ORDER BY id`,
      },
      report({ tenant, webhooks }, site) {
        requireTenant(tenant, slug, site);
        return tableOf(slug, webhooks.map(webhookOf));
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          return tableOf(slug, await remoteWebhooks(api, slug));
        },
      },
    }),
});

function webhookOf({ events, ...row }: Row): ListedWebhook {
  return listedWebhook.parse({ ...row, events: JSON.parse(String(events)) });
}

function tableOf(slug: string, webhooks: readonly ListedWebhook[]): string[] {
  if (webhooks.length === 0) {
    return [`The tenant ${slug} has no webhook.`];
  }
  return asTable([
    ["id", "address", "events", "state"],
    ...webhooks.map((one) => [one.id, one.url, one.events?.join(",") ?? "all", stateOf(one)]),
  ]);
}

function stateOf({ seals_behind: behind, problem, ...times }: ListedWebhook): string {
  const { disabled_at: off, failing_since: since, retry_at: retry } = times;
  const at = (time: Date | null) => inUtc(time?.getTime() ?? 0);
  const waiting = behind === 0 ? "" : `; ${counted(behind, "seal")} behind`;
  if (off !== null) {
    return `off since ${at(off)}: ${problem}${waiting}`;
  }
  return since === null
    ? `on${waiting}`
    : `fails since ${at(since)}: ${problem}; next try ${at(retry)}${waiting}`;
}

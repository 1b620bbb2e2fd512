import { databaseNow } from "../database-clock.ts";
import { databaseId } from "../database-id.ts";
import * as z from "zod";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { task } from "./task.ts";
import { HAS_CHANGED, tellWebhook } from "./tell-event.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import { newWebhookSecret, readEvents, readWebhookUrl, SECRET_ONCE } from "./webhook-options.ts";

/** It hears what is sealed from now on. The Worker seals the secret within a minute. */
export const createWebhook = command({
  summary: "Has events of a tenant sent to an address, signed",
  options: {
    to: { value: "url", what: "where to: https, or http on this machine", required: true },
    events: { value: "a,b", what: "which; all unless given" },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: [
    "--to https://api.example.com/hooks/latchkey",
    "--to https://api.example.com/hooks/latchkey --events account-made,password-reset --tenant acme",
  ],

  plan({ to: givenUrl, events: givenEvents, tenant: slug = DEFAULT_TENANT_SLUG }) {
    const url = readWebhookUrl(givenUrl);
    const events = readEvents(givenEvents);
    const secret = newWebhookSecret();
    return task({
      intent: `send ${events ? events.join(", ") : "all events"} of the tenant ${slug} to ${url}`,
      statements: {
        tenant: findTenant(slug),
        made: sql`INSERT INTO webhooks (id, tenant_id, url, secret, events, sequence, created_at)
          SELECT ${databaseId}, id, ${url}, ${secret}, ${events && JSON.stringify(events)},
            (SELECT coalesce(max(sequence), 0) FROM audit_seals WHERE tenant_id = tenants.id), ${databaseNow}
          FROM tenants WHERE slug = ${slug} RETURNING id`,
        told: tellWebhook("webhook-created", sql`rowid = last_insert_rowid() AND ${HAS_CHANGED}`),
      },
      report({ tenant, made }, site) {
        requireTenant(tenant, slug, site);
        return said({ id: String(made[0]?.["id"]), url, webhook_secret: secret });
      },
      overHttp: {
        // What it hears is the audit log.
        scopes: ["admin:tenants", "admin:audit"],
        async carryOut(api) {
          const body = { url, ...(events && { events }) };
          const request = { method: "POST", path: "/webhooks", tenant: slug, body } as const;
          return said(made.parse(await api.ask(request)));
        },
      },
    });
  },
});

const made = z.object({ id: z.string(), url: z.string(), webhook_secret: z.string() });

function said({ id, url, webhook_secret: secret }: z.output<typeof made>): string[] {
  return [`Made the webhook ${id}, to ${url}.`, `Its secret: ${secret}`, SECRET_ONCE];
}

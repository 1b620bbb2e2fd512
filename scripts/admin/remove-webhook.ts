import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { task } from "./task.ts";
import { tellWebhook } from "./tell-event.ts";
import { aboutWebhook, isOf, noWebhook, webhookOption } from "./webhook-options.ts";

/** What is under way may still arrive. */
export const removeWebhook = command({
  summary: "Sends no more events to an address",
  options: webhookOption,
  isOverHttp: true,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan: ({ id, tenant }) =>
    task({
      intent: `remove the webhook ${id}`,
      statements: {
        told: tellWebhook("webhook-removed", sql`id = ${id} AND ${isOf(tenant)}`),
        removed: sql`DELETE FROM webhooks WHERE id = ${id} AND ${isOf(tenant)} RETURNING url`,
      },
      report({ removed: [removed] }, site) {
        if (!removed) {
          throw noWebhook(id, site);
        }
        return [`Removed the webhook to ${removed["url"]}.`];
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          await api.ask({ method: "DELETE", ...aboutWebhook({ id, tenant }, api.url) });
          return [`Removed the webhook ${id}.`];
        },
      },
    }),
});

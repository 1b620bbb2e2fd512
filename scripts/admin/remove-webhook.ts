import { d1WebhookRecords } from "../../src/storage/d1/webhook-records.ts";
import { command } from "./command.ts";
import { requireRemoteWebhook } from "./remote-webhooks.ts";
import { storageOn } from "./storage-on.ts";
import {
  askOfWebhook,
  findWebhook,
  noWebhook,
  webhookEvent,
  webhookOption,
} from "./webhook-options.ts";
import type { Work } from "./work.ts";

/** What is under way may still arrive. */
export const removeWebhook = command({
  summary: "Sends no more events to an address",
  options: webhookOption,
  isOverHttp: true,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan: ({ id, tenant }): Work => ({
    intent: `remove the webhook ${id}`,
    async run(place) {
      const webhook = await findWebhook(place, { id, tenant });
      const records = d1WebhookRecords(storageOn(place.database));
      if (!(await records.remove(webhook, webhookEvent("webhook-removed", webhook)))) {
        throw noWebhook(id, tenant, place.site);
      }
      return [`Removed the webhook to ${webhook.url}.`];
    },
    overHttp: {
      scopes: ["admin:tenants"],
      async carryOut(api) {
        const { url } = await requireRemoteWebhook(api, { id, tenant });
        await askOfWebhook(api, { id, tenant }, { method: "DELETE" });
        return [`Removed the webhook to ${url}.`];
      },
    },
  }),
});

import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { task } from "./task.ts";
import { tellWebhook } from "./tell-event.ts";
import { noWebhook, webhookOption } from "./webhook-options.ts";

/** What is under way may still arrive. */
export const removeWebhook = command({
  summary: "Sends no more events to an address",
  options: webhookOption,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan: ({ id }, now) =>
    task({
      intent: `remove the webhook ${id}`,
      statements: {
        told: tellWebhook("webhook-removed", id, now),
        removed: sql`DELETE FROM webhooks WHERE id = ${id} RETURNING url`,
      },
      report({ removed: [removed] }, site) {
        if (!removed) {
          throw noWebhook(id, site);
        }
        return [`Removed the webhook to ${removed["url"]}.`];
      },
    }),
});

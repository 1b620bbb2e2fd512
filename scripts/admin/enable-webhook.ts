import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { task } from "./task.ts";
import { tellWebhook } from "./tell-event.ts";
import { noWebhook, webhookOption } from "./webhook-options.ts";

/** It goes on where it stopped, or with what is sealed from now on. */
export const enableWebhook = command({
  summary:
    "Sends events again to an address that was turned off, or that is left alone for a while",
  options: {
    ...webhookOption,
    "skip-missed": { what: "go on with what happens from now on, and not where it stopped" },
  },
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan: ({ id, "skip-missed": skips }, now) =>
    task({
      intent: `have events sent to the webhook ${id} again${skips ? ", without those that it missed" : ""}`,
      statements: {
        enabled: sql`UPDATE webhooks SET disabled_at = NULL, failing_since = NULL, failures = 0,
            problem = NULL, retry_at = 0,
            position = CASE WHEN ${skips} THEN 0 ELSE position END,
            sequence = CASE WHEN ${skips} THEN (SELECT coalesce(max(seal.sequence), 0)
              FROM audit_seals AS seal WHERE seal.tenant_id = webhooks.tenant_id) ELSE sequence END
          WHERE id = ${id} RETURNING url`,
        told: tellWebhook("webhook-enabled", id, now),
      },
      report({ enabled: [enabled] }, site) {
        if (!enabled) {
          throw noWebhook(id, site);
        }
        return [`Events are sent to ${enabled["url"]} again, within a minute.`];
      },
    }),
});

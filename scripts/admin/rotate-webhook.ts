import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { task } from "./task.ts";
import { tellWebhook } from "./tell-event.ts";
import { newWebhookSecret, noWebhook, SECRET_ONCE, webhookOption } from "./webhook-options.ts";

const KEPT_MS = 24 * 3_600_000;

/** For a day messages are signed with both, so that receivers can change over at any moment of it. */
export const rotateWebhook = command({
  summary: "Gives a webhook a new secret; for a day the one before signs as well",
  options: {
    ...webhookOption,
    leaked: { what: "somebody else knows the one before: it signs nothing more" },
  },
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan({ id, leaked }, now) {
    const secret = newWebhookSecret();
    const until = leaked ? null : new Date(now.getTime() + KEPT_MS);
    return task({
      intent: `give the webhook ${id} a new secret`,
      statements: {
        // One that no run has sealed yet is not kept: it would stand there in the clear for a day.
        changed: sql`UPDATE webhooks SET secret = ${secret}, previous_until = ${until},
            previous_secret = CASE WHEN ${leaked} OR secret LIKE 'whsec%' THEN NULL ELSE secret END
          WHERE id = ${id} RETURNING previous_secret IS NOT NULL AS both`,
        told: tellWebhook("webhook-secret-rotated", id, now),
      },
      report({ changed: [changed] }, site) {
        if (!changed) {
          throw noWebhook(id, site);
        }
        return [
          `Its new secret: ${secret}`,
          SECRET_ONCE,
          changed["both"]
            ? "For a day the one before signs as well."
            : "The one before signs no more.",
        ];
      },
    });
  },
});

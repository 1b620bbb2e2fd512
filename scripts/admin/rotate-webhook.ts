import * as z from "zod";
import { WEBHOOK_SECRET_KEPT_MS } from "../../src/core/webhook/webhook-secret.ts";
import { d1WebhookRecords } from "../../src/storage/d1/webhook-records.ts";
import { command } from "./command.ts";
import { storageOn } from "./storage-on.ts";
import {
  askOfWebhook,
  findWebhook,
  newWebhookSecret,
  noWebhook,
  SECRET_ONCE,
  webhookEvent,
  webhookOption,
} from "./webhook-options.ts";
import type { Work } from "./work.ts";

/** For a day messages are signed with both, so that receivers can change over at any moment of it. */
export const rotateWebhook = command({
  summary: "Gives a webhook a new secret; for a day the one before signs as well",
  options: {
    ...webhookOption,
    leaked: { what: "somebody else knows the one before: it signs nothing more" },
  },
  isOverHttp: true,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan({ id, tenant, leaked }): Work {
    const secret = newWebhookSecret();
    return {
      intent: `give the webhook ${id} a new secret`,
      async run(place) {
        const webhook = await findWebhook(place, { id, tenant });
        const kept = new Date(webhook.now.getTime() + WEBHOOK_SECRET_KEPT_MS);
        const secrets = { secret, keepsUntil: leaked ? null : kept };
        const event = webhookEvent("webhook-secret-rotated", webhook);
        const records = d1WebhookRecords(storageOn(place.database));
        const changed = await records.replaceSecret(webhook, secrets, event);
        if (!changed) {
          throw noWebhook(id, tenant, place.site);
        }
        return said(secret, { isBeforeKept: changed.previousUntil !== null });
      },
      overHttp: {
        scopes: ["admin:tenants", "admin:audit"],
        async carryOut(api) {
          const request = { method: "POST", below: "/secret", body: { leaked } } as const;
          const answer = await askOfWebhook(api, { id, tenant }, request);
          const { webhook_secret, previous_secret_until } = rotated.parse(answer);
          return said(webhook_secret, { isBeforeKept: previous_secret_until !== null });
        },
      },
    };
  },
});

const rotated = z.object({
  webhook_secret: z.string(),
  previous_secret_until: z.string().nullable(),
});

function said(secret: string, { isBeforeKept }: { isBeforeKept: boolean }): string[] {
  return [
    `Its new secret: ${secret}`,
    SECRET_ONCE,
    isBeforeKept ? "For a day the one before signs as well." : "The one before signs no more.",
  ];
}

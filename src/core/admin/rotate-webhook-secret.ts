import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { WEBHOOK_SECRET_KEPT_MS } from "../webhook/webhook-secret.ts";
import { administered } from "./administered.ts";
import { findWebhook, type OneWebhook, webhookEvent } from "./webhook-target.ts";
import { drawWebhookSecret, type WebhookWithSecret } from "./webhook-with-secret.ts";

/**
 * Gives a webhook another secret, shown this once. For a day messages are signed with both, so that
 * receivers can change over; not with one that leaked.
 */
export const rotateWebhookSecret = administered(
  { scopes: ["admin:tenants"], handsOnLog: true, operator: true, changes: true },
  async (
    context: Context,
    { caller, webhookId, leaked }: OneWebhook & { leaked: boolean },
  ): Promise<WebhookWithSecret | Refused<"webhook_unknown">> => {
    const found = await findWebhook(context, webhookId);
    if (found instanceof Refused) {
      return found;
    }
    const { secret, sealed } = await drawWebhookSecret(context);
    const kept = new Date(context.clock.now().getTime() + WEBHOOK_SECRET_KEPT_MS);
    const event = webhookEvent(context, caller, "webhook-secret-rotated", found);
    const secrets = { secret: sealed, keepsUntil: leaked ? null : kept };
    const webhook = await context.webhookRecords.replaceSecret(found, secrets, event);
    return webhook ? { webhook, secret } : new Refused("webhook_unknown");
  },
);

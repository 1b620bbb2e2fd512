import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { administered } from "./administered.ts";
import type { WebhookRecord } from "./webhook-records.ts";
import { findWebhook, type OneWebhook, webhookEvent } from "./webhook-target.ts";

/** Has events sent again where that was turned off or is left alone for a while: from where it stopped, or from now on. */
export const enableWebhook = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    { caller, webhookId, skipsMissed }: OneWebhook & { skipsMissed: boolean },
  ): Promise<WebhookRecord | Refused<"webhook_unknown">> => {
    const found = await findWebhook(context, webhookId);
    if (found instanceof Refused) {
      return found;
    }
    const event = webhookEvent(context, caller, "webhook-enabled", found);
    const webhook = await context.webhookRecords.enable(found, skipsMissed, event);
    return webhook ?? new Refused("webhook_unknown");
  },
);

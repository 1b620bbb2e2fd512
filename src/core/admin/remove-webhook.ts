import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { administered } from "./administered.ts";
import { findWebhook, type OneWebhook, webhookEvent } from "./webhook-target.ts";

/** Has no more events sent to an address. What is under way may still arrive. */
export const removeWebhook = administered(
  { scopes: ["admin:tenants"], operator: true, changes: true },
  async (
    context: Context,
    { caller, webhookId }: OneWebhook,
  ): Promise<void | Refused<"webhook_unknown">> => {
    const found = await findWebhook(context, webhookId);
    if (found instanceof Refused) {
      return found;
    }
    const event = webhookEvent(context, caller, "webhook-removed", found);
    if (!(await context.webhookRecords.remove(found, event))) {
      return new Refused("webhook_unknown");
    }
  },
);

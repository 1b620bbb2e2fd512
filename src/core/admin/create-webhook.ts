import type { AuditEventName } from "../audit/audit-events.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { MOST_WEBHOOKS } from "../webhook/webhook.ts";
import { problemOfWebhookUrl } from "../webhook/webhook-url.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { webhookEvent } from "./webhook-target.ts";
import { drawWebhookSecret, type WebhookWithSecret } from "./webhook-with-secret.ts";

/** Has events of the tenant sent to an address, from now on. Refuses one that only the service reaches. */
export const createWebhook = administered(
  { scopes: ["admin:tenants"], handsOnLog: true, operator: true, changes: true },
  async (
    context: Context,
    asked: { caller: AdminCaller; url: string; events: readonly AuditEventName[] | null },
  ): Promise<WebhookWithSecret | Refused<"invalid_request" | "too_many_webhooks">> => {
    const { caller, events } = asked;
    const { clock, randomness, settings, tenantId, webhookRecords } = context;
    const issue = problemOfWebhookUrl(asked.url, settings.development);
    if (issue !== null) {
      return new Refused("invalid_request", { fields: [{ field: "url", issue }] });
    }
    const createdAt = clock.now();
    const url = new URL(asked.url).href;
    const webhook = { id: randomness.id(createdAt), tenantId, url, events, createdAt };
    const { secret, sealed } = await drawWebhookSecret(context);
    const event = webhookEvent(context, caller, "webhook-created", webhook);
    return (await webhookRecords.insert({ ...webhook, secret: sealed }, MOST_WEBHOOKS, event))
      ? { webhook: { ...webhook, ...ALL_WELL }, secret }
      : new Refused("too_many_webhooks");
  },
);

const ALL_WELL = {
  sealsBehind: 0,
  failingSince: null,
  problem: null,
  retryAt: null,
  disabledAt: null,
  previousUntil: null,
} as const;

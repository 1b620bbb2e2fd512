import type { Context } from "../ports.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import { pageOf } from "./page-of.ts";
import type { WebhookRecord } from "./webhook-records.ts";

/** Where events of the tenant are sent, and how that goes. */
export const listWebhooks = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    { webhookRecords, tenantId }: Context,
    { after, most }: { caller: AdminCaller; after: string | null; most: number },
  ): Promise<{ webhooks: WebhookRecord[]; next: string | null }> => {
    const found = await webhookRecords.list(tenantId, after, most + 1);
    const { items, next } = pageOf(found, most, ({ id }) => id);
    return { webhooks: items, next };
  },
);

import type { AuditEventName } from "../audit/audit-events.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminEvent } from "./admin-event.ts";
import type { Deed } from "./deed.ts";
import type { WebhookRecord } from "./webhook-records.ts";

/** One webhook of the tenant, and who asks about it. */
export interface OneWebhook {
  caller: AdminCaller;
  webhookId: string;
}

export async function findWebhook(
  { webhookRecords, tenantId }: Context,
  id: string,
): Promise<WebhookRecord | Refused<"webhook_unknown">> {
  return (await webhookRecords.find({ tenantId, id })) ?? new Refused("webhook_unknown");
}

/** It stands in the log of the webhook's tenant. Of its address the host alone, since the rest may be a secret. */
export function webhookEvent(
  context: Context,
  caller: AdminCaller,
  name: AuditEventName,
  { id, url }: Pick<WebhookRecord, "id" | "url">,
): Deed {
  const subject = URL.parse(url)?.host ?? null;
  return adminEvent(context, caller, name, { targetId: `webhook:${id}`, subject });
}

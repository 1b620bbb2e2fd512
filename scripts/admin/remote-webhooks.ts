import * as z from "zod";
import type { AdminApi } from "./admin-api.ts";
import { everyPage } from "./every-page.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";
import { noWebhook } from "./webhook-options.ts";

const time = z.coerce.date().nullable();

/** A webhook as it is listed. */
export const listedWebhook = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()).nullable(),
  seals_behind: z.int(),
  failing_since: time,
  problem: z.string().nullable(),
  retry_at: time,
  disabled_at: time,
});

export type ListedWebhook = z.output<typeof listedWebhook>;

const page = z.object({ webhooks: z.array(listedWebhook), next_cursor: z.string().nullable() });

/** The webhooks of a tenant, as the admin API lists them. */
export async function remoteWebhooks(api: AdminApi, tenant: string): Promise<ListedWebhook[]> {
  const pages = await everyPage(api, { path: "/webhooks", tenant }, page);
  return pages.flatMap(({ webhooks }) => webhooks);
}

/** One of them; refuses to go on without it. */
export async function requireRemoteWebhook(
  api: AdminApi,
  { id, tenant = DEFAULT_TENANT_SLUG }: { id: string; tenant: string | undefined },
): Promise<ListedWebhook> {
  const found = (await remoteWebhooks(api, tenant)).find((webhook) => webhook.id === id);
  if (!found) {
    throw noWebhook(id, tenant, api.site);
  }
  return found;
}

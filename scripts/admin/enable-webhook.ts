import * as z from "zod";
import type { WebhookRecord } from "../../src/core/admin/webhook-records.ts";
import { d1WebhookRecords } from "../../src/storage/d1/webhook-records.ts";
import { command } from "./command.ts";
import { storageOn } from "./storage-on.ts";
import {
  aboutWebhook,
  findWebhook,
  noWebhook,
  webhookEvent,
  webhookOption,
} from "./webhook-options.ts";
import type { Work } from "./work.ts";

/** It goes on where it stopped, or with what is sealed from now on. */
export const enableWebhook = command({
  summary:
    "Sends events again to an address that was turned off, or that is left alone for a while",
  options: {
    ...webhookOption,
    "skip-missed": { what: "go on with what happens from now on, and not where it stopped" },
  },
  isOverHttp: true,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan: ({ id, tenant, "skip-missed": skips }): Work => ({
    intent: `have events sent to the webhook ${id} again${skips ? ", without those that it missed" : ""}`,
    async run(place) {
      const found = await findWebhook(place, { id, tenant });
      const records = d1WebhookRecords(storageOn(place.database));
      const before = await records.find(found);
      if (!(await records.enable(found, skips, webhookEvent("webhook-enabled", found)))) {
        throw noWebhook(id, place.site);
      }
      return before && isOn(before, skips)
        ? [`Events are sent to ${found.url} already.`]
        : [`Events are sent to ${found.url} again, within a minute.`];
    },
    overHttp: {
      scopes: ["admin:tenants"],
      async carryOut(api) {
        const { path, ...about } = aboutWebhook({ id, tenant }, api.url);
        const body = { skip_missed: skips };
        const request = { method: "POST", path: `${path}/enable`, ...about, body } as const;
        const { url } = z.object({ url: z.string() }).parse(await api.ask(request));
        return [`Events are sent to ${url}, within a minute.`];
      },
    },
  }),
});

function isOn({ disabledAt, failingSince, sealsBehind }: WebhookRecord, skips: boolean): boolean {
  return disabledAt === null && failingSince === null && !(skips && sealsBehind > 0);
}

import type { WebhookRecord } from "../../src/core/admin/webhook-records.ts";
import { d1WebhookRecords } from "../../src/storage/d1/webhook-records.ts";
import { command } from "./command.ts";
import { requireRemoteWebhook } from "./remote-webhooks.ts";
import { storageOn } from "./storage-on.ts";
import {
  askOfWebhook,
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
        throw noWebhook(id, tenant, place.site);
      }
      return outcome(found.url, before !== null && isOn(before, skips));
    },
    overHttp: {
      scopes: ["admin:tenants"],
      async carryOut(api) {
        const before = await requireRemoteWebhook(api, { id, tenant });
        const body = { skip_missed: skips };
        await askOfWebhook(api, { id, tenant }, { method: "POST", below: "/enable", body });
        const { disabled_at: disabledAt, failing_since: failingSince, seals_behind } = before;
        const standing = { disabledAt, failingSince, sealsBehind: seals_behind };
        return outcome(before.url, isOn(standing, skips));
      },
    },
  }),
});

function outcome(url: string, wasOn: boolean): string[] {
  return [`Events are sent to ${url} ${wasOn ? "already" : "again, within a minute"}.`];
}

type Standing = Pick<WebhookRecord, "disabledAt" | "failingSince" | "sealsBehind">;

function isOn({ disabledAt, failingSince, sealsBehind }: Standing, skips: boolean): boolean {
  return disabledAt === null && failingSince === null && !(skips && sealsBehind > 0);
}

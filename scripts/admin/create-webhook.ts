import { v7 } from "uuid";
import * as z from "zod";
import { MOST_WEBHOOKS } from "../../src/core/webhook/webhook.ts";
import { d1WebhookRecords } from "../../src/storage/d1/webhook-records.ts";
import { Problem } from "../problem.ts";
import { command } from "./command.ts";
import { tenantOf } from "./find-tenant.ts";
import { storageOn } from "./storage-on.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import {
  newWebhookSecret,
  readEvents,
  readWebhookUrl,
  SECRET_ONCE,
  webhookEvent,
} from "./webhook-options.ts";
import type { Work } from "./work.ts";

/** It hears what is sealed from now on. The Worker seals the secret within a minute. */
export const createWebhook = command({
  summary: "Has events of a tenant sent to an address, signed",
  options: {
    to: { value: "url", what: "where to: https, or http on this machine", required: true },
    events: { value: "a,b", what: "which; all unless given" },
    tenant: tenantOption,
  },
  isOverHttp: true,
  examples: [
    "--to https://api.example.com/hooks/latchkey",
    "--to https://api.example.com/hooks/latchkey --events account-made,password-reset --tenant acme",
  ],

  plan({ to: givenUrl, events: givenEvents, tenant: slug = DEFAULT_TENANT_SLUG }): Work {
    const url = readWebhookUrl(givenUrl);
    const events = readEvents(givenEvents);
    const secret = newWebhookSecret();
    return {
      intent: `send ${events ? events.join(", ") : "all events"} of the tenant ${slug} to ${url}`,
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const webhook = { id: v7({ msecs: now.getTime() }), tenantId, url, now };
        const event = webhookEvent("webhook-created", webhook);
        const records = d1WebhookRecords(storageOn(place.database));
        const row = { ...webhook, events, secret, createdAt: now };
        if (!(await records.insert(row, MOST_WEBHOOKS, event))) {
          throw full(slug, place.site);
        }
        return said({ ...webhook, webhook_secret: secret });
      },
      overHttp: {
        // What it hears is the audit log.
        scopes: ["admin:tenants", "admin:audit"],
        async carryOut(api) {
          const body = { url, ...(events && { events }) };
          const refusals = { too_many_webhooks: full(slug, api.site) };
          const about = { path: "/webhooks", tenant: slug, refusals };
          return said(made.parse(await api.ask({ method: "POST", ...about, body })));
        },
      },
    };
  },
});

function full(slug: string, site: Site): Problem {
  const list = site.admin(`list-webhooks --tenant ${slug}`);
  return new Problem(
    `The tenant ${slug} has ${MOST_WEBHOOKS} webhooks already.`,
    `Remove one first, of those that this lists: ${list}`,
  );
}

const made = z.object({ id: z.string(), url: z.string(), webhook_secret: z.string() });

function said({ id, url, webhook_secret: secret }: z.output<typeof made>): string[] {
  return [`Made the webhook ${id}, to ${url}.`, `Its secret: ${secret}`, SECRET_ONCE];
}

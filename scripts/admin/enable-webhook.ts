import * as z from "zod";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { task } from "./task.ts";
import { HAS_CHANGED, tellWebhook } from "./tell-event.ts";
import { aboutWebhook, isOf, noWebhook, webhookOption } from "./webhook-options.ts";

/** What is sealed last in the webhook's tenant. */
const NEWEST = sql`(SELECT coalesce(max(seal.sequence), 0)
  FROM audit_seals AS seal WHERE seal.tenant_id = webhooks.tenant_id)`;

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

  plan: ({ id, tenant, "skip-missed": skips }) =>
    task({
      intent: `have events sent to the webhook ${id} again${skips ? ", without those that it missed" : ""}`,
      statements: {
        webhook: sql`SELECT url FROM webhooks WHERE id = ${id} AND ${isOf(tenant)}`,
        enabled: sql`UPDATE webhooks SET disabled_at = NULL, failing_since = NULL, failures = 0,
            problem = NULL, retry_at = 0,
            position = CASE WHEN ${skips} THEN 0 ELSE position END,
            sequence = CASE WHEN ${skips} THEN ${NEWEST} ELSE sequence END
          WHERE id = ${id} AND ${isOf(tenant)} AND (disabled_at IS NOT NULL OR failing_since IS NOT NULL
            OR (${skips} AND (sequence <> ${NEWEST} OR position <> 0)))
          RETURNING 1 AS one`,
        told: tellWebhook("webhook-enabled", sql`id = ${id} AND ${HAS_CHANGED}`),
      },
      report({ webhook: [webhook], enabled }, site) {
        if (!webhook) {
          throw noWebhook(id, site);
        }
        return enabled.length > 0
          ? [`Events are sent to ${webhook["url"]} again, within a minute.`]
          : [`Events are sent to ${webhook["url"]} already.`];
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

import * as z from "zod";
import { WEBHOOK_SECRET_KEPT_MS } from "../../src/core/webhook/webhook-secret.ts";
import { databaseNow } from "../database-clock.ts";
import { sql } from "../sql.ts";
import { command } from "./command.ts";
import { task } from "./task.ts";
import { tellWebhook } from "./tell-event.ts";
import {
  aboutWebhook,
  isOf,
  newWebhookSecret,
  noWebhook,
  SECRET_ONCE,
  webhookOption,
} from "./webhook-options.ts";

/** For a day messages are signed with both, so that receivers can change over at any moment of it. */
export const rotateWebhook = command({
  summary: "Gives a webhook a new secret; for a day the one before signs as well",
  options: {
    ...webhookOption,
    leaked: { what: "somebody else knows the one before: it signs nothing more" },
  },
  isOverHttp: true,
  examples: ["--id 01997d00-0000-7000-8000-000000000000"],

  plan({ id, tenant, leaked }) {
    const secret = newWebhookSecret();
    const until = leaked ? null : sql`${databaseNow} + ${WEBHOOK_SECRET_KEPT_MS}`;
    return task({
      intent: `give the webhook ${id} a new secret`,
      statements: {
        // One that no run has sealed yet is not kept: it would stand there in the clear for a day.
        changed: sql`UPDATE webhooks SET secret = ${secret}, previous_until = ${until},
            previous_secret = CASE WHEN ${leaked} OR secret LIKE 'whsec%' THEN NULL ELSE secret END
          WHERE id = ${id} AND ${isOf(tenant)} RETURNING previous_secret IS NOT NULL AS both`,
        told: tellWebhook("webhook-secret-rotated", sql`id = ${id} AND ${isOf(tenant)}`),
      },
      report({ changed: [changed] }, site) {
        if (!changed) {
          throw noWebhook(id, site);
        }
        return said(secret, { isBeforeKept: changed["both"] === 1 });
      },
      overHttp: {
        scopes: ["admin:tenants", "admin:audit"],
        async carryOut(api) {
          const { path, ...about } = aboutWebhook({ id, tenant }, api.url);
          const request = {
            method: "POST",
            path: `${path}/secret`,
            ...about,
            body: { leaked },
          } as const;
          const { webhook_secret, previous_secret_until } = rotated.parse(await api.ask(request));
          return said(webhook_secret, { isBeforeKept: previous_secret_until !== null });
        },
      },
    });
  },
});

const rotated = z.object({
  webhook_secret: z.string(),
  previous_secret_until: z.string().nullable(),
});

function said(secret: string, { isBeforeKept }: { isBeforeKept: boolean }): string[] {
  return [
    `Its new secret: ${secret}`,
    SECRET_ONCE,
    isBeforeKept ? "For a day the one before signs as well." : "The one before signs no more.",
  ];
}

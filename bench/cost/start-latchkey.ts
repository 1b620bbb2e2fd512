import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DEFAULT_TENANT_SLUG } from "../../scripts/admin/tenant-option.ts";
import { insertClient } from "../../scripts/insert-client.ts";
import { migrations } from "../../scripts/test-support/migrations.ts";
import { testClients } from "../../test/live/support/test-clients.ts";
import { buildLatchkey } from "../running/latchkey/build.ts";
import { startWorkers } from "../running/start-workers.ts";
import { wranglerOptions } from "../running/wrangler-options.ts";
import type { Running } from "./counted-service.ts";

export const PUBLIC_URL = "https://auth.example.com";

/** The same people are mailed again and again. */
const SETTINGS = { MAILS_PER_HOUR: "100" };

const ENTRY = join("bench", "cost", "worker", "latchkey.ts");

/** Serves Latchkey as it is deployed, passwords hashed at full strength, with everything counted. */
export async function startLatchkey(stop: AbortSignal): Promise<Running> {
  const { urls, miniflare, ...service } = await startWorkers([
    {
      ...wranglerOptions,
      name: "latchkey",
      modules: await buildLatchkey(stop, ENTRY),
      // Whoever a webhook tells takes it.
      outboundService: () => new Response(null, { status: 204 }),
      bindings: {
        ...SETTINGS,
        ENVIRONMENT: "production",
        PUBLIC_URL,
        MAIL_FROM: "Latchkey <no-reply@auth.example.com>",
        AUTH_SECRET: randomBytes(32).toString("hex"),
      },
    },
  ]);
  const database = await miniflare.getD1Database("DB", "latchkey");
  const schema = migrations().flatMap((migration) => migration.split("--> statement-breakpoint"));
  const clients = Object.values(testClients).map(
    (client) => insertClient(client, DEFAULT_TENANT_SLUG).text,
  );
  await database.batch([...schema, ...clients].map((sql) => database.prepare(sql)));
  return { ...service, url: String(urls["latchkey"]) };
}

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { bundle } from "../bundle.ts";
import { type RunningWorkers, startWorkers } from "../start-workers.ts";
import { compatibilityDate, wranglerOptions } from "../wrangler-options.ts";
import type { Modules } from "./build.ts";
import { seed } from "./seed.ts";

/**
 * Serves the built Worker with everything that wrangler.toml binds it to, on a migrated database with
 * accounts in it, and beside it a Worker that calls it by RPC. Where passwords are to cost nothing it
 * says that it is in development, which production refuses.
 */
export async function startLatchkey(
  modules: Modules,
  { iterations }: { iterations: number | null },
): Promise<RunningWorkers> {
  const authSecret = randomBytes(32).toString("hex");
  const cheap = {
    ENVIRONMENT: "development",
    PUBLIC_URL: "http://localhost:8787",
    PASSWORD_ITERATIONS: String(iterations),
    // Not its mailbox in KV, which nobody has in production.
    MAIL_TRANSPORT: "send_email",
  };
  const service = await startWorkers([
    {
      ...wranglerOptions,
      name: "latchkey",
      modules,
      bindings: {
        ...(wranglerOptions.bindings as object),
        AUTH_SECRET: authSecret,
        ...(iterations === null ? {} : cheap),
      },
    },
    {
      name: "caller",
      modules: true,
      script: await bundle(join(import.meta.dirname, "worker.ts")),
      compatibilityDate,
      serviceBindings: { AUTH: { name: "latchkey", entrypoint: "Auth" }, LATCHKEY: "latchkey" },
      // The public keys are fetched from the issuer's address.
      outboundService: "latchkey",
    },
  ]);
  await seed(await service.miniflare.getD1Database("DB", "latchkey"), authSecret, iterations);
  return service;
}

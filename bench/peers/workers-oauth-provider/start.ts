import { join } from "node:path";
import { bundle } from "../../running/bundle.ts";
import { type RunningWorkers, startWorkers } from "../../running/start-workers.ts";
import { compatibilityDate } from "../../running/wrangler-options.ts";

/** Serves Cloudflare's provider, which keeps tokens in KV. */
export async function startWorkersOauthProvider(): Promise<RunningWorkers> {
  return startWorkers([
    {
      name: "workers-oauth-provider",
      modules: true,
      script: await bundle(join(import.meta.dirname, "worker.ts")),
      compatibilityDate,
      kvNamespaces: ["OAUTH_KV"],
    },
  ]);
}

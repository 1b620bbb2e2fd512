import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { getMigrations } from "better-auth/db/migration";
import { ITERATIONS } from "../../../src/crypto/password-hash.ts";
import type { Running } from "../../cost/counted-service.ts";
import { bundle } from "../../running/bundle.ts";
import { startWorkers } from "../../running/start-workers.ts";
import { compatibilityDate } from "../../running/wrangler-options.ts";
import { type CountedBindings, countedOptions } from "./counted-options.ts";
import { BETTER_AUTH_URL } from "./start.ts";

/** Serves better-auth on a D1 of its own, with everything counted. */
export async function startCountedBetterAuth(): Promise<Running> {
  const bindings = {
    SECRET: randomBytes(32).toString("hex"),
    PUBLIC_URL: BETTER_AUTH_URL,
    PASSWORD_ITERATIONS: ITERATIONS,
    COOKIE_CACHE: false,
    JOINS: false,
  };
  const { urls, miniflare, ...service } = await startWorkers([
    {
      name: "better-auth",
      modules: true,
      script: await bundle(join(import.meta.dirname, "counted-worker.ts")),
      compatibilityDate,
      d1Databases: ["DB"],
      bindings,
    },
  ]);
  const DB = (await miniflare.getD1Database("DB")) as unknown as CountedBindings["DB"];
  const EMAIL = { send: async () => undefined };
  const { runMigrations } = await getMigrations(countedOptions({ ...bindings, DB, EMAIL }));
  await runMigrations();
  return { ...service, url: String(urls["better-auth"]) };
}

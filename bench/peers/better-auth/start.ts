import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { getMigrations } from "better-auth/db/migration";
import { bundle } from "../../running/bundle.ts";

import { type RunningWorkers, startWorkers } from "../../running/start-workers.ts";
import { compatibilityDate } from "../../running/wrangler-options.ts";
import { authOptions, type Bindings } from "./options.ts";
import { seed } from "./seed.ts";

/** The origin that its cookies and its check of origins go by. */
export const BETTER_AUTH_URL = "http://localhost:8800";

/** Serves better-auth on a D1 of its own, with the tables and indexes that its own generator makes, and accounts in it. */
export async function startBetterAuth({
  iterations,
  cookieCache = false,
  joins = false,
}: {
  iterations: number;
  cookieCache?: boolean;
  joins?: boolean;
}): Promise<RunningWorkers> {
  const bindings = {
    SECRET: randomBytes(32).toString("hex"),
    PUBLIC_URL: BETTER_AUTH_URL,
    PASSWORD_ITERATIONS: iterations,
    COOKIE_CACHE: cookieCache,
    JOINS: joins,
  };
  const service = await startWorkers([
    {
      name: "better-auth",
      modules: true,
      script: await bundle(join(import.meta.dirname, "worker.ts")),
      compatibilityDate,
      d1Databases: ["DB"],
      bindings,
    },
  ]);
  const database = (await service.miniflare.getD1Database("DB")) as unknown as Bindings["DB"];
  const { runMigrations } = await getMigrations(authOptions({ ...bindings, DB: database }));
  await runMigrations();
  await seed(database, bindings.SECRET, iterations);
  return service;
}

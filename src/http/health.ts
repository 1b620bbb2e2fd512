import { Hono } from "hono";
import type { AppEnv } from "./app-env.ts";

const PROBE_MS = 2000;
const RETRY_AFTER_SECONDS = 5;
/** A proxy must not go on saying so. */
const NO_STORE = { "cache-control": "no-store" };

/** `/health`: the Worker runs. `/health/ready`: so does everything it depends on, or 503 names what does not. */
export function health(probes: Readonly<Record<string, () => Promise<unknown>>>): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/health", (http) => http.json({ status: "ok" }, 200, NO_STORE))
    .get("/health/ready", async (http) => {
      const results = await Promise.all(
        Object.entries(probes).map(async ([part, probe]) => [part, await answers(probe)] as const),
      );
      const failing = results.filter(([, isUp]) => !isUp).map(([part]) => part);
      return failing.length === 0
        ? http.json({ status: "ok" }, 200, NO_STORE)
        : http.json({ status: "unavailable", failing }, 503, {
            ...NO_STORE,
            "retry-after": String(RETRY_AFTER_SECONDS),
          });
    });
}

async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  const tooLate = scheduler.wait(PROBE_MS).then(() => false);
  const answered = async () => {
    await probe();
    return true;
  };
  return Promise.race([answered().catch(() => false), tooLate]);
}

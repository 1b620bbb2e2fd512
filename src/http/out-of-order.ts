import { Hono } from "hono";
import type { AppEnv } from "./app-env.ts";
import { securityHeaders } from "./security-headers.ts";

/** Says to whoever asks why nothing is served, under the protection of every answer. */
export function outOfOrder(why: string): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use(securityHeaders())
    .all("*", (http) => http.text(`${why}\n`, 503, { "cache-control": "no-store" }));
}

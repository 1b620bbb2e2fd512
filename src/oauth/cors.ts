import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

const PREFLIGHT_CACHE_SECONDS = 86_400;

const allow = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "POST"],
  allowHeaders: ["Authorization", "Content-Type", "Prefer", "Idempotency-Key"],
  exposeHeaders: ["WWW-Authenticate", "Retry-After", "Preference-Applied"],
  maxAge: PREFLIGHT_CACHE_SECONDS,
});

/**
 * Pages of any site may ask, as any program may; no cookie goes with it. RFC 9700 §2.6 wants none of
 * it where people decide.
 */
export const openToEverySite: MiddlewareHandler = async (http, next) => {
  if (http.req.method === "OPTIONS") {
    return allow(http, next);
  }
  await next();
  // Before there is an answer it would begin one, and the handler's were copied into it.
  await allow(http, async () => {});
};

import { cors } from "hono/cors";

const PREFLIGHT_CACHE_SECONDS = 86_400;

/**
 * Pages of any site may ask, as any program may; no cookie goes with it. RFC 9700 §2.6 wants none of
 * it where people decide.
 */
export const openToEverySite = cors({
  origin: "*",
  allowMethods: ["GET", "HEAD", "POST"],
  allowHeaders: ["Authorization", "Content-Type", "Prefer", "Idempotency-Key"],
  exposeHeaders: ["WWW-Authenticate", "Retry-After", "Preference-Applied"],
  maxAge: PREFLIGHT_CACHE_SECONDS,
});

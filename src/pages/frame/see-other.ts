import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";

/** Leads on by GET. Never 307 or 308, which would post the form again. RFC 9700 §4.12. */
export function seeOther(http: Context<AppEnv>, path: string): Response {
  http.header("cache-control", "no-store");
  return http.redirect(path, 303);
}

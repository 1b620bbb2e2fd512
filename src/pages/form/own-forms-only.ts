import type { MiddlewareHandler } from "hono";
import { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { isSameOrigin } from "../../http/same-origin.ts";
import { errorPage } from "../frame/error-page.tsx";

/**
 * Lets a form through only if one of our own pages posted it. Pages are sent with
 * `Referrer-Policy: no-referrer`, under which browsers post `Origin: null`: `Sec-Fetch-Site` is then
 * what tells.
 */
export function ownFormsOnly(publicUrl: string): MiddlewareHandler<AppEnv> {
  return async (http, next) =>
    isSameOrigin(http.req, publicUrl) ? next() : errorPage(http, new Refused("cross_site"));
}

import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { Refused } from "../core/refused.ts";
import { Unavailable } from "../core/unavailable.ts";
import type { AppEnv } from "../http/app-env.ts";
import { errorPage } from "./error-page.tsx";

/** What was thrown is an outage or a bug: logged once, here, and answered with a fixed text. */
export function pageFailure(error: Error, http: Context<AppEnv>): Promise<Response> {
  if (error instanceof HTTPException && error.status === 403) {
    // This is how the check of the origin says no.
    return errorPage(http, new Refused("cross_site"));
  }
  http.var.log.failed(error);
  if (error instanceof Unavailable) {
    const { retryAfterSeconds } = error;
    return errorPage(http, new Refused("unavailable", { comeBack: { retryAfterSeconds } }));
  }
  return errorPage(http, new Refused("internal"));
}

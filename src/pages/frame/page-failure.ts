import type { Context } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { failure } from "../../http/failure.ts";
import { errorPage } from "./error-page.tsx";

/** A page for what was thrown while another one was made. */
export function pageFailure(error: Error, http: Context<AppEnv>): Promise<Response> {
  return errorPage(http, failure(http, error));
}

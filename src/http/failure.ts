import type { Context } from "hono";
import { Refused } from "../core/refused.ts";
import { Unavailable } from "../core/unavailable.ts";
import type { AppEnv } from "./app-env.ts";

/** What was thrown is an outage or a bug: logged once, here, and answered with a fixed text. */
export function failure(
  http: Context<AppEnv>,
  error: unknown,
): Refused<"unavailable" | "internal"> {
  http.var.log.failed(error);
  if (error instanceof Unavailable) {
    const { retryAfterSeconds } = error;
    return new Refused("unavailable", { comeBack: { retryAfterSeconds } });
  }
  return new Refused("internal");
}

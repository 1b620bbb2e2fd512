import type { Context } from "hono";
import type { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";

/** Leaves a refusal's reason in the log and, where it passes with time, tells when to come back. */
export function noteRefusal(http: Context<AppEnv>, { reason, comeBack }: Refused): void {
  http.var.log.reason = reason;
  if (comeBack) {
    http.header("retry-after", String(comeBack.retryAfterSeconds));
  }
}

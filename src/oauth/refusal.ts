import type { Context } from "hono";
import type { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";

// biome-ignore format: it reads as a table
const wordings = {
  route_unknown:      [404, "not_found",               "There is nothing here."],
  method_not_allowed: [405, "method_not_allowed",      "This path does not take that method."],
  unavailable:        [503, "temporarily_unavailable", "Not possible right now. Try again in a moment."],
  internal:           [500, "server_error",            "Something went wrong on our side."],
} as const;

/** A refusal in OAuth's form. RFC 6749 §5.2. */
export function refuseLikeOAuth(
  http: Context<AppEnv>,
  { reason, comeBack }: Refused<keyof typeof wordings>,
): Response {
  http.var.log.reason = reason;
  const [status, error, error_description] = wordings[reason];
  return http.json({ error, error_description }, status, {
    "cache-control": "no-store",
    ...(comeBack && { "retry-after": String(comeBack.retryAfterSeconds) }),
  });
}

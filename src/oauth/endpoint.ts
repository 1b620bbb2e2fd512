import type { Context as HttpContext } from "hono";
import type { Operation } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { failure } from "../http/failure.ts";
import { type OAuthReason, refuseLikeOAuth } from "./refusal.ts";
import { terms } from "./terms.ts";

export type Http = HttpContext<AppEnv>;
export type Refusal = Refused<OAuthReason>;

/** Serves an endpoint under OAuth's terms. Whatever goes wrong is answered in OAuth's form. */
export function endpoint(
  operation: Operation | null,
  answer: (http: Http, context: Context) => Promise<Response | Refusal>,
): (http: Http) => Promise<Response> {
  return async (http) => {
    http.var.log.contract = terms.contract;
    http.var.log.operation = operation;
    const answered = await answer(http, contextOf(http, terms)).catch((error: unknown) =>
      failure(http, error),
    );
    return answered instanceof Refused ? refuseLikeOAuth(http, answered) : answered;
  };
}

/** An answer that nobody keeps. RFC 6749 §5.1. */
export const NO_STORE = { "cache-control": "no-store" };

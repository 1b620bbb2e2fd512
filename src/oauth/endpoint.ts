import type { Context as HttpContext } from "hono";
import type { Operation } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { type OAuthReason, refuseLikeOAuth } from "./refusal.ts";
import { terms } from "./terms.ts";

export type Http = HttpContext<AppEnv>;
export type Refusal = Refused<OAuthReason>;

/** Serves an endpoint under OAuth's terms. What is thrown is answered where the app answers it. */
export function endpoint(
  operation: Operation | null,
  answer: (http: Http, context: Context) => Promise<Response | Refusal>,
): (http: Http) => Promise<Response> {
  return async (http) => {
    http.var.log.contract = terms.contract;
    http.var.log.operation = operation;
    const answered = await answer(http, contextOf(http, terms));
    return answered instanceof Refused ? refuseLikeOAuth(http, answered) : answered;
  };
}

/** An answer that nobody keeps. RFC 6749 §5.1. */
export const NO_STORE = { "cache-control": "no-store" };

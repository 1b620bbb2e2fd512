import type { Hono, Context as HttpContext } from "hono";
import { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { failure, refuse } from "./mount.ts";
import type { Surface } from "./surface.ts";

/**
 * Answers what no route took, and what broke outside a contract's routes: in the envelope of the
 * contract whose base the path is under, else in OAuth's form (RFC 6749 §5.2).
 */
export function refuseUnknown(app: Hono<AppEnv>, surfaces: readonly Surface[]): void {
  const answer = (http: HttpContext<AppEnv>, refused: Refused<UnknownReason>) => {
    const owner = ownerOf(http.req.path, surfaces);
    return owner ? refuse(http, owner, refused) : refuseLikeOAuth(http, refused);
  };
  app.notFound((http) => answer(http, new Refused("route_unknown")));
  app.onError((error, http) => answer(http, failure(http, error)));
}

type UnknownReason = "route_unknown" | "unavailable" | "internal";

/** The contract with the longest base that the path is under. */
function ownerOf(path: string, surfaces: readonly Surface[]): Surface | undefined {
  return surfaces
    .filter(({ base }) => path === base || path.startsWith(`${base}/`))
    .sort((a, b) => b.base.length - a.base.length)[0];
}

function refuseLikeOAuth(
  http: HttpContext<AppEnv>,
  { reason, comeBack }: Refused<UnknownReason>,
): Response {
  http.var.log.reason = reason;
  const [status, error, error_description] = OAUTH_WORDS[reason];
  const retryAfter = comeBack && { "retry-after": String(comeBack.retryAfterSeconds) };
  return http.json({ error, error_description }, status, {
    "cache-control": "no-store",
    ...retryAfter,
  });
}

const OAUTH_WORDS = {
  route_unknown: [404, "not_found", "There is nothing here."],
  unavailable: [503, "temporarily_unavailable", "Not possible right now. Try again in a moment."],
  internal: [500, "server_error", "Something went wrong on our side."],
} as const;

import type { Hono, Context as HttpContext } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { failure } from "../http/failure.ts";
import { pathsOf, refuse } from "./mount.ts";
import type { Surface } from "./surface.ts";

type Http = HttpContext<AppEnv>;
type Unrouted = Refused<"route_unknown" | "method_not_allowed" | "unavailable" | "internal">;

/**
 * Answers what no route takes, and what breaks outside a contract's routes: in the envelope of the
 * contract whose base the path is under, or as it is done elsewhere. To be called before any route
 * is added.
 */
export function refuseUnrouted(
  app: Hono<AppEnv>,
  surfaces: readonly Surface[],
  elsewhere: (http: Http, refused: Unrouted) => Response | Promise<Response>,
): void {
  const answer = (http: Http, refused: Unrouted) => {
    const owner = ownerOf(http.req.path, surfaces);
    return owner ? refuse(http, owner, refused) : elsewhere(http, refused);
  };
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (http, methods) => {
        http.header("allow", methods.join(", "));
        return answer(http as Http, new Refused("method_not_allowed"));
      },
    }),
  );
  app.notFound((http) => answer(http, new Refused("route_unknown")));
  app.onError((error, http) => answer(http, failure(http, error)));
}

/** The contract that has a route at this path, or else the one with the longest base above it. */
function ownerOf(path: string, surfaces: readonly Surface[]): Surface | undefined {
  const segments = path.split("/");
  const hasRoute = (surface: Surface) =>
    Object.values(surface.routes).some(([endpoint]) =>
      pathsOf(surface, endpoint.slice(endpoint.indexOf("/"))).some(
        (pattern) => isUnder(segments, pattern) && pattern.split("/").length === segments.length,
      ),
    );
  return (
    surfaces.find(hasRoute) ??
    surfaces
      .flatMap((surface) => surface.bases.map((base) => ({ surface, base: base as string })))
      .filter(({ base }) => isUnder(segments, base))
      .sort((a, b) => b.base.split("/").length - a.base.split("/").length)[0]?.surface
  );
}

function isUnder(segments: readonly string[], pattern: string): boolean {
  return pattern
    .split("/")
    .every((part, index) => (part.startsWith(":") ? segments[index] : segments[index] === part));
}

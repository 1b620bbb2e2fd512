import { surfaces } from "../../src/surfaces/index.ts";
import { pathsOf } from "../../src/surfaces/mount.ts";
import type { AnyRoute, Surface } from "../../src/surfaces/surface.ts";

/** A row of a contract as it is served under one of its bases. */
export interface ServedRow {
  operation: string;
  /** Method and path as they are served: `POST /:tenant/api/v1/auth/login`. */
  endpoint: string;
  method: string;
  /** The path with something well-formed, and nobody's, for each part that it leaves open. */
  path: string;
  params: Readonly<Record<string, string>>;
  contract: string;
  surface: Surface;
  route: AnyRoute;
  /** Whether it serves known callers only. */
  isGuarded: boolean;
}

const UUID = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";
const PARAMS: Readonly<Record<string, string>> = {
  tenant: "default",
  email: "nobody@example.test",
  userId: UUID,
  sessionId: UUID,
  id: UUID,
};

/** Every row of every contract, or of these tables, once for each path that it answers at. */
export function everyRow(tables: readonly Surface[] = surfaces): ServedRow[] {
  return tables.flatMap((surface) =>
    (Object.entries(surface.routes) as [string, AnyRoute][]).flatMap(([operation, route]) => {
      const [endpoint, audience] = route;
      const [method = "", written = ""] = endpoint.split(" ");
      const isGuarded = audience.startsWith("bearer") && !/unread|if any/.test(audience);
      return pathsOf(surface, written).map((pattern) => ({
        ...{ operation, method, surface, route, isGuarded },
        contract: surface.terms.contract,
        endpoint: `${method} ${pattern}`,
        path: filled(pattern, PARAMS),
        params: paramsOf(pattern),
      }));
    }),
  );
}

/** A path's pattern with these parts in place of its names, as they are. */
export function filled(pattern: string, parts: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/:(\w+)/g, (_, name) => parts[name] ?? "");
}

function paramsOf(pattern: string): Record<string, string> {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name) => [name, PARAMS[name] ?? ""]));
}

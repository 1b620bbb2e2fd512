import { createApp } from "../../src/app.ts";
import { isForPrograms } from "../../src/oauth/paths.ts";
import { tables } from "../../src/surfaces/index.ts";
import { startService } from "../support/service.ts";
import { everyRow } from "../surfaces/every-row.ts";

export interface OtherRoute {
  method: string;
  /** With a `:name` for each part that it leaves open. */
  path: string;
}

/** Whatever the app itself answers at, beside the rows of tables. */
function otherRoutes(): OtherRoute[] {
  const ofContracts = everyRow(tables).map(({ endpoint }) => endpoint);
  const endpoints = createApp(startService())
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  return [...new Set(endpoints)]
    .filter((endpoint) => !ofContracts.includes(endpoint))
    .map((endpoint) => {
      const [method = "", path = ""] = endpoint.split(" ");
      return { method, path };
    });
}

const all = otherRoutes();

/** The endpoints of OAuth, which programs ask. */
export const oauthRoutes: readonly OtherRoute[] = all.filter(({ path }) => isForPrograms(path));

/** What people see, and what stands beside it. */
export const pageRoutes: readonly OtherRoute[] = all.filter(({ path }) => !isForPrograms(path));

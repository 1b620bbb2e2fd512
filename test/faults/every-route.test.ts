import { expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { tables } from "../../src/surfaces/index.ts";
import { pathsOf } from "../../src/surfaces/mount.ts";
import { startService } from "../support/service.ts";
import { accountPages } from "./flows/account-pages.ts";
import { health } from "./flows/health.ts";
import { mailEvents } from "./flows/mail-events.ts";
import { managePages } from "./flows/manage-pages.ts";
import { oauth } from "./flows/oauth.ts";
import { pages } from "./flows/pages.ts";

/** Rows of tables have their own flows, by operation: that none is forgotten is tested with them. */
const ofTables = tables.flatMap((surface) =>
  Object.values(surface.routes).flatMap(([endpoint]) => {
    const [method, path = ""] = endpoint.split(" ");
    return pathsOf(surface, path).map((served) => `${method} ${served}`);
  }),
);

it("REL-01: every route that is served has a flow that meets failing stores", () => {
  const served = createApp(startService())
    .routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  const flows = Object.keys({
    ...{ ...oauth, ...pages, ...accountPages, ...managePages },
    ...{ ...health, ...mailEvents },
  });

  expect(new Set([...flows.map((flow) => flow.split(": ")[0]), ...ofTables])).toEqual(
    new Set(served),
  );
});

import { Problem } from "../problem.ts";
import type { AdminApi, AdminRequest } from "./admin-api.ts";
import type { Site } from "./task.ts";
import { DEFAULT_TENANT_SLUG } from "./tenant-option.ts";

/** Asks the admin API for a client, which is one of the default tenant. */
export function askOfClient(
  api: AdminApi,
  id: string,
  request: Pick<AdminRequest, "method" | "body">,
): Promise<unknown> {
  return api.ask({
    ...request,
    path: `/clients/${encodeURIComponent(id)}`,
    refusals: {
      client_unknown: noClient(id, DEFAULT_TENANT_SLUG, api.site),
      client_out_of_reach: mayMore(id),
    },
  });
}

/** That there is none. */
export function noClient(id: string, slug: string, site: Site): Problem {
  return new Problem(
    `The tenant ${slug} has no client ${id}.`,
    `Look at those there are: ${site.admin(`list-clients --tenant ${slug}`)}`,
  );
}

/** That a client may do, or would, what the token that asks may not: whoever could say so would have its power. */
export function mayMore(id: string): Problem {
  return new Problem(
    `The client ${id} has, or would get, a scope of the admin API that this token lacks, or is first-party, which is for people alone.`,
    "Give LATCHKEY_ADMIN_TOKEN the access token of a superadmin's own sign-in, as POST /api/login answers it: it is good for all.",
  );
}

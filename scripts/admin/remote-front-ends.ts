import * as z from "zod";
import type { FrontEnd } from "../../src/core/tenant/front-end.ts";
import type { AdminApi } from "./admin-api.ts";
import { askOfTenant } from "./ask-of-tenant.ts";

/** A front end as it is listed. */
export type ListedFrontEnd = Pick<FrontEnd, "alias" | "url" | "changedAt">;

const answer = z.object({
  front_ends: z.array(
    z
      .object({ alias: z.string(), url: z.string(), changed_at: z.coerce.date() })
      .transform(({ changed_at: changedAt, ...site }): ListedFrontEnd => ({ ...site, changedAt })),
  ),
});

/** The front ends of a tenant, as the admin API lists them. */
export async function remoteFrontEnds(api: AdminApi, slug: string): Promise<ListedFrontEnd[]> {
  const asked = await askOfTenant(api, slug, { method: "GET", below: "/front-ends" });
  return answer.parse(asked).front_ends;
}

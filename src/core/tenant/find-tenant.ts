import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";

/**
 * The tenant that a path names. A slug that is not remembered costs a look into the store, which
 * strangers may not ask for without end.
 */
export async function findTenant(
  context: Context,
  slug: string,
): Promise<string | Refused<"route_unknown" | "rate_limited">> {
  const known = await context.tenants.recall(slug);
  if (known !== null) {
    return known;
  }
  const flooded = await fenceRequests(context, "tenant");
  return flooded ?? (await context.tenants.findIdBySlug(slug)) ?? new Refused("route_unknown");
}

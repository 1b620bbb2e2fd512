import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";

/**
 * Whether the tenant has its first account, which is what setting it up makes, or nobody may make it by
 * registering: whoever is told no is asked to.
 */
export async function setupStatus(
  context: Context,
  _input: Record<never, never>,
): Promise<{ isComplete: boolean } | Refused<"rate_limited">> {
  const flooded = await fenceRequests(context, "tenant");
  return flooded ?? { isComplete: (await context.tenants.findSetUp(context.tenantId)) !== "open" };
}

import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import type { FrontEnd } from "./front-end.ts";

/** The sites of a tenant that mailed links may lead to. They are no secret. */
export async function listFrontEnds(
  context: Context,
  _: object,
): Promise<{ frontEnds: FrontEnd[] } | Refused<"rate_limited">> {
  const flooded = await fenceRequests(context, "tenant");
  return flooded ?? { frontEnds: await context.frontEnds.list(context.tenantId) };
}

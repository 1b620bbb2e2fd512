import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { FrontEnd } from "./front-end.ts";

/** Which site of the tenant's own a mailed link should lead to, as whoever asks for it names it. */
export interface WantedFrontEnd {
  /** Its URL: origin and path alone. */
  endpoint?: string | null | undefined;
  clientAlias?: string | null | undefined;
}

/** A listed site; its alias where it was asked for by that. */
export interface ChosenFrontEnd {
  url: string;
  alias: string | null;
}

/**
 * The listed site that fits everything asked for, or null where nothing is: then links lead to our
 * own pages. Refuses a site that is not listed: a stranger could have a token mailed into their hands.
 */
export async function chooseFrontEnd(
  { frontEnds, tenantId }: Context,
  { endpoint = null, clientAlias = null }: WantedFrontEnd,
): Promise<ChosenFrontEnd | null | Refused<"front_end_unknown">> {
  if (endpoint === null && clientAlias === null) {
    return null;
  }
  const url = endpoint === null ? null : originAndPath(endpoint);
  const fits = (listed: FrontEnd) =>
    (endpoint === null || listed.url === url) &&
    (clientAlias === null || listed.alias === clientAlias);
  const chosen = (await frontEnds.list(tenantId)).find(fits);
  // Out of the list, never as it was sent.
  return chosen ? { url: chosen.url, alias: clientAlias } : new Refused("front_end_unknown");
}

/** Null for what has anything else: user, query and fragment could change where a link leads. */
function originAndPath(endpoint: string): string | null {
  const url = URL.parse(endpoint);
  if (!url || url.username || url.password || /[?#]/.test(endpoint)) {
    return null;
  }
  return url.origin + url.pathname.replace(/\/$/, "");
}

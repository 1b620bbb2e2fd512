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
 * The listed site that fits everything asked for. Where nothing is, the tenant's first, or our own
 * pages where it has none. Refuses a site that is not listed: a stranger could have a token mailed
 * into their hands.
 */
export async function chooseFrontEnd(
  { frontEnds, settings, tenantId }: Context,
  { endpoint = null, clientAlias = null }: WantedFrontEnd,
): Promise<ChosenFrontEnd | Refused<"front_end_unknown">> {
  const listed = await frontEnds.list(tenantId);
  if (endpoint === null && clientAlias === null) {
    return { url: listed[0]?.url ?? settings.publicUrl, alias: null };
  }
  const url = endpoint === null ? null : originAndPath(endpoint);
  const fits = (site: FrontEnd) =>
    (endpoint === null || site.url === url) && (clientAlias === null || site.alias === clientAlias);
  const chosen = listed.find(fits);
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

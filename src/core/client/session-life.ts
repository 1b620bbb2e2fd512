import type { Terms } from "../terms.ts";
import type { Client } from "./client.ts";

/**
 * How long a session lives that a person opens for a client. A client that may not refresh is out when
 * its access token expires, and the person does not find it in their list for a month.
 */
export function sessionLifeOf(client: Client, terms: Terms): Terms["session"] {
  const { lifetimeSeconds } = terms.accessToken;
  return mayRefresh(client)
    ? terms.session
    : { idleSeconds: lifetimeSeconds, absoluteSeconds: lifetimeSeconds };
}

/** Whether a client gets refresh tokens: it was registered for the grant. */
export function mayRefresh({ grants }: Client): boolean {
  return grants.includes("refresh_token");
}

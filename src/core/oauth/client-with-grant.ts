import type { Client, ClientGrant } from "../client/client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { authenticateClient, type ClientCredentials } from "./authenticate-client.ts";

/** Why a client gets no further than to say who it is. */
export type ClientRefusal = "client_unauthenticated" | "grant_not_allowed" | "rate_limited";

/** The client that these credentials prove, if it is registered for the grant. RFC 6749 §5.2. */
export async function clientWithGrant(
  context: Context,
  credentials: ClientCredentials,
  grant: ClientGrant,
): Promise<Client | Refused<ClientRefusal>> {
  const client = await authenticateClient(context, credentials);
  if (client instanceof Refused) {
    return client;
  }
  return client.grants.includes(grant) ? client : new Refused("grant_not_allowed");
}

import type { Client } from "../client/client.ts";
import { findClient } from "../client/find-client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";

/** How a client says who it is. RFC 6749 §2.3. */
export interface ClientCredentials {
  clientId: string;
  /** Null in a public client. */
  secret: string | null;
}

/**
 * The client that these credentials prove. A secret is 256 random bits, so guesses are not counted; an
 * unknown client, a wrong secret, a missing one and one that a public client brings are all alike.
 */
export async function authenticateClient(
  context: Context,
  { clientId, secret }: ClientCredentials,
): Promise<Client | Refused<"client_unauthenticated" | "rate_limited">> {
  const client = await findClient(context, clientId);
  if (client instanceof Refused) {
    return client;
  }
  const isProved = client?.isConfidential
    ? secret !== null && (await context.clients.hasSecret(client, secret))
    : secret === null;
  return client && isProved ? client : new Refused("client_unauthenticated");
}

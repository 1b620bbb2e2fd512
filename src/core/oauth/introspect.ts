import type { Client } from "../client/client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { authenticateClient, type ClientCredentials } from "./authenticate-client.ts";
import { findLiveToken, type LiveToken, tellOf } from "./live-token.ts";

/**
 * What a token stands for, for a client that can prove who it is; null where it is no good, or none of
 * its business. RFC 7662 §2.2, §4.
 */
export async function introspect(
  context: Context,
  { credentials, token }: { credentials: ClientCredentials; token: string },
): Promise<LiveToken | null | Refused<"client_unauthenticated" | "rate_limited">> {
  const client = await authenticateClient(context, credentials);
  if (client instanceof Refused) {
    return client;
  }
  if (!client.isConfidential) {
    return new Refused("client_unauthenticated");
  }
  const found = await findLiveToken(context, token);
  return tellOf(context, found, (live) => (concerns(client, live) ? live : null));
}

/** Its own tokens, those for resources that it is, and those for this service; no other's refresh token. */
function concerns(client: Client, { kind, issuedTo, audience }: LiveToken): boolean {
  return (
    issuedTo === client.id ||
    (kind !== "refresh token" &&
      (audience === null || audience.some((resource) => client.resources.includes(resource))))
  );
}

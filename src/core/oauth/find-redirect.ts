import type { Client } from "../client/client.ts";
import { findClient } from "../client/find-client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { isRegisteredRedirect } from "./redirect-uri.ts";

/**
 * The client that asks a person for something, and where its answer may go. Until both are known,
 * nobody is led anywhere (RFC 6749 §4.1.2.1).
 */
export async function findRedirect(
  context: Context,
  { clientId, redirectUri }: { clientId: string; redirectUri: string },
): Promise<
  | { client: Client; redirectUri: string }
  | Refused<"client_unknown" | "redirect_uri_unknown" | "rate_limited">
> {
  const client = await findClient(context, clientId);
  if (client === null) {
    return new Refused("client_unknown");
  }
  if (client instanceof Refused) {
    return client;
  }
  return isRegisteredRedirect(client, redirectUri)
    ? { client, redirectUri }
    : new Refused("redirect_uri_unknown");
}

import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { type AskedFor, allow } from "./asked-for.ts";
import type { ClientCredentials } from "./authenticate-client.ts";
import type { ClientTokens } from "./client-tokens.ts";
import { type ClientRefusal, clientWithGrant } from "./client-with-grant.ts";

/** Scopes that say something about a person: nobody is there. */
const OF_A_PERSON = ["openid", "profile", "email", "offline_access"];

/** An access token for the client itself. Nothing is written. RFC 6749 §4.4. */
export async function redeemClientCredentials(
  context: Context,
  { credentials, ...asked }: AskedFor & { credentials: ClientCredentials },
): Promise<ClientTokens | Refused<ClientRefusal | "scope_not_allowed" | "resource_not_allowed">> {
  const client = await clientWithGrant(context, credentials, "client_credentials");
  if (client instanceof Refused) {
    return client;
  }
  // Without a secret anybody could claim to be the client.
  if (!client.isConfidential) {
    return new Refused("grant_not_allowed");
  }
  const own = client.scopes.filter((scope) => !OF_A_PERSON.includes(scope));
  const allowed = allow(client, asked, own);
  if (allowed instanceof Refused) {
    return allowed;
  }
  const { lifetimeSeconds } = context.terms.accessToken;
  const scope = allowed.scopes.join(" ");
  const audience = allowed.resources.join(" ") || null;
  const { id: clientId, tenantId } = client;
  const grant = { clientId, tenantId, scope, audience };
  return {
    access: await context.accessTokens.mintForClient(grant, lifetimeSeconds),
    accessLifetimeSeconds: lifetimeSeconds,
    scope,
    refresh: null,
    idToken: null,
  };
}

import type { Caller } from "../caller/caller.ts";
import type { Client } from "../client/client.ts";
import { findClient } from "../client/find-client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { allow } from "./asked-for.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

/** What stands between a request and its code. */
export type AuthorizationStep =
  /** Nobody is signed in on this browser, or not recently enough for this client. */
  | { is: "sign in" }
  | { is: "consent"; client: Client }
  /** Nobody has to be asked. */
  | { is: "granted" };

/** What has to happen on pages before a request can be decided. OpenID Connect Core §3.1.2.3 and 4. */
export async function considerAuthorization(
  context: Context,
  { caller, request }: { caller: Caller | null; request: AuthorizationRequest },
): Promise<
  | AuthorizationStep
  | Refused<
      | "client_unknown"
      | "scope_not_allowed"
      | "resource_not_allowed"
      | "sign_in_required"
      | "consent_required"
      | "rate_limited"
    >
> {
  const mayAsk = !request.prompt.includes("none");
  const client = await findClient(context, request.clientId);
  if (client === null) {
    return new Refused("client_unknown");
  }
  if (client instanceof Refused) {
    return client;
  }
  // What it was registered for may be less by now.
  const allowed = allow(client, { scope: request.scopes.join(" "), resources: request.resources });
  if (allowed instanceof Refused) {
    return allowed;
  }
  if (!caller || !isRecentEnough(caller, request, context.clock.now())) {
    return mayAsk ? { is: "sign in" } : new Refused("sign_in_required");
  }
  if (client.isFirstParty && !request.prompt.includes("consent")) {
    return { is: "granted" };
  }
  return mayAsk ? { is: "consent", client } : new Refused("consent_required");
}

/**
 * A sign-in that was made for this request is recent, however short an age the client allows, and it
 * is who is there, whomever the client believes to be.
 */
function isRecentEnough(
  { account, session }: Caller,
  request: AuthorizationRequest,
  now: Date,
): boolean {
  const { hintedAccountId, prompt, maxAgeSeconds, startedAt } = request;
  const signedInAt = (session.authenticatedAt ?? session.createdAt).getTime();
  if (signedInAt >= startedAt) {
    return true;
  }
  const isYoungEnough =
    maxAgeSeconds === null || now.getTime() - signedInAt <= maxAgeSeconds * 1000;
  const isWhoIsMeant = hintedAccountId === null || hintedAccountId === account.id;
  return isWhoIsMeant && isYoungEnough && !prompt.includes("login");
}

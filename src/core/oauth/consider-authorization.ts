import type { Client } from "../client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { Caller } from "../session/session.ts";
import { allow } from "./asked-for.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";
import { findClient } from "./find-client.ts";

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
  if (client.isFirstParty && mayGoUnasked(caller, request)) {
    return { is: "granted" };
  }
  return mayAsk ? { is: "consent", client } : new Refused("consent_required");
}

/**
 * A site is known by its address. Any program on a device can listen where ours would, and call itself
 * ours: there a person has to have done something for this request, if only signed in. RFC 8252 §8.6.
 */
function mayGoUnasked(caller: Caller, request: AuthorizationRequest): boolean {
  const isSite = request.redirectUri.startsWith("https:");
  return !request.prompt.includes("consent") && (isSite || hasSignedInFor(caller, request));
}

function hasSignedInFor(caller: Caller, { startedAt }: AuthorizationRequest): boolean {
  return signedInAt(caller) >= startedAt;
}

function signedInAt({ session }: Caller): number {
  return (session.authenticatedAt ?? session.createdAt).getTime();
}

/** A sign-in that was made for this request is recent, however short an age the client allows. */
function isRecentEnough(caller: Caller, request: AuthorizationRequest, now: Date): boolean {
  const { prompt, maxAgeSeconds } = request;
  if (hasSignedInFor(caller, request)) {
    return true;
  }
  const isYoungEnough =
    maxAgeSeconds === null || now.getTime() - signedInAt(caller) <= maxAgeSeconds * 1000;
  return isYoungEnough && !prompt.includes("login");
}

import type { Client } from "../client/client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { advanceSession } from "../session/refresh.ts";
import { type RefreshTokenContent, readRefreshToken } from "../session/refresh-token.ts";
import { fenceReturns } from "../throttle/refuse.ts";
import { type AskedFor, narrow, stillAllowed } from "./asked-for.ts";
import type { ClientCredentials } from "./authenticate-client.ts";
import { type ClientTokens, issueClientTokens } from "./client-tokens.ts";
import { type ClientRefusal, clientWithGrant } from "./client-with-grant.ts";

/**
 * Trades a refresh token of this client for new tokens; the access token may be asked to do less.
 * What may not be had is refused before the token is spent. RFC 6749 §6, RFC 9700 §4.14.2.
 */
export async function refreshForClient(
  context: Context,
  {
    credentials,
    refreshToken,
    ...asked
  }: AskedFor & { credentials: ClientCredentials; refreshToken: string },
): Promise<
  | ClientTokens
  | Refused<
      | ClientRefusal
      | "refresh_token_invalid"
      | "refresh_token_replayed"
      | "scope_not_allowed"
      | "resource_not_allowed"
    >
> {
  const client = await clientWithGrant(context, credentials, "refresh_token");
  if (client instanceof Refused) {
    return client;
  }
  const presented = await readRefreshToken(context.sealer, context.terms, refreshToken);
  if (!presented) {
    return new Refused("refresh_token_invalid");
  }
  // A client with a secret refreshes for many people from one address.
  const flooded = client.isConfidential
    ? null
    : await fenceReturns(context, "refresh", presented.sessionId, "rate_limited");
  const refused = flooded ?? (await refuseMore(context, client, presented, asked));
  if (refused) {
    return refused;
  }
  const moved = await advanceSession(context, presented, { clientId: client.id });
  if (moved instanceof Refused) {
    return moved;
  }
  const narrowed = narrow(moved.session, asked);
  if (narrowed instanceof Refused) {
    return narrowed;
  }
  const session = { ...moved.session, ...narrowed };
  return issueClientTokens(context, client, { ...moved, session });
}

/** Looks the session up first where the client asks for a part of it: a wish costs no token. */
async function refuseMore(
  { sessions, clock }: Context,
  client: Client,
  { sessionId }: RefreshTokenContent,
  asked: AskedFor,
): Promise<Refused<"refresh_token_invalid" | "scope_not_allowed" | "resource_not_allowed"> | null> {
  if (asked.scope === null && asked.resources.length === 0) {
    return null;
  }
  const caller = await sessions.findCaller(sessionId, clock.now());
  if (caller?.session.clientId !== client.id) {
    return new Refused("refresh_token_invalid");
  }
  const narrowed = narrow(caller.session, asked);
  const allowed = narrowed instanceof Refused ? narrowed : stillAllowed(client, narrowed);
  return allowed instanceof Refused ? allowed : null;
}

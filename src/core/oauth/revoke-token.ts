import type { Client } from "../client/client.ts";
import { isAnyKey } from "../key/key-format.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { recordEndByClient } from "../session/record-end.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import { authenticateClient, type ClientCredentials } from "./authenticate-client.ts";
import { findToken, type LiveToken } from "./live-token.ts";

/**
 * Revokes a token of this client at once and everywhere: its session ends, and with it every token of
 * the session. What is no token, or none any more, is as it should be. RFC 7009 §2.1, §2.2.
 */
export async function revokeToken(
  context: Context,
  { credentials, token }: { credentials: ClientCredentials; token: string },
): Promise<void | Refused<"client_unauthenticated" | "token_of_another" | "rate_limited">> {
  const client = await authenticateClient(context, credentials);
  if (client instanceof Refused) {
    return client;
  }
  // A key was never a client's: its owner deletes it.
  if (isAnyKey(token)) {
    return;
  }
  const flooded = client.isConfidential ? null : await fenceRequests(context, "revocation");
  if (flooded) {
    return flooded;
  }
  // Who has an old refresh token may end its session too.
  const found = await findToken(context, token, "any");
  if (!found) {
    return;
  }
  if (found.issuedTo !== client.id) {
    return new Refused("token_of_another");
  }
  await end(context, client, found);
}

async function end(context: Context, client: Client, found: LiveToken): Promise<void> {
  const { clients, clock, sessions } = context;
  const { account, sessionId, jti, expiresAt } = found;
  if (account && sessionId !== null) {
    const ended = await sessions.end({ accountId: account.id, sessionId }, clock.now());
    if (ended) {
      recordEndByClient(context, client, account.id, ended);
    }
  } else if (jti !== null && expiresAt !== null) {
    await clients.revokeToken({ jti, expiresAt });
  }
}

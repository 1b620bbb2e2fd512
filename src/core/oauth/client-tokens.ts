import type { Role } from "../account/account.ts";
import type { Client } from "../client/client.ts";
import { mayRefresh } from "../client/session-life.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { issueTokens } from "../session/issue-tokens.ts";
import type { TokenSession } from "../session/session.ts";
import { stillAllowed } from "./asked-for.ts";

const ID_TOKEN_SECONDS = 900;

/** A token answer. RFC 6749 §5.1. */
export interface ClientTokens {
  access: string;
  accessLifetimeSeconds: number;
  /** What the access token may do, space-separated. */
  scope: string;
  /** Null for clients that may not refresh, and for those that act for themselves. */
  refresh: string | null;
  /** Null where `openid` was not granted. */
  idToken: string | null;
}

/** The session behind the tokens, as far as this answer's tokens reach. */
export interface Granted {
  session: TokenSession;
  role: Role;
  generation?: number;
  nonce?: string | null;
}

/**
 * The tokens that a session stands for, in the hands of its client, as far as that is still registered
 * for what it was granted.
 */
export async function issueClientTokens(
  context: Context,
  client: Client,
  { session: granted, role, generation = 0, nonce = null }: Granted,
): Promise<ClientTokens | Refused<"scope_not_allowed" | "resource_not_allowed">> {
  const allowed = stillAllowed(client, granted);
  if (allowed instanceof Refused) {
    return allowed;
  }
  const { scope } = allowed;
  const session = { ...granted, ...allowed };
  const [tokens, idToken] = await Promise.all([
    issueTokens(context, session, { role, zapier: false }, generation),
    scope.split(" ").includes("openid")
      ? context.accessTokens.mintIdToken({ session, clientId: client.id, nonce }, ID_TOKEN_SECONDS)
      : null,
  ]);
  const { access, accessLifetimeSeconds, refresh } = tokens;
  return {
    access,
    accessLifetimeSeconds,
    scope,
    refresh: mayRefresh(client) ? refresh : null,
    idToken,
  };
}

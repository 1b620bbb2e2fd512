import type { Role } from "../account/account.ts";
import type { Client } from "../client.ts";
import type { Context } from "../ports.ts";
import { issueTokens } from "../session/issue-tokens.ts";
import type { Session } from "../session/session.ts";
import { mayRefresh } from "./session-life.ts";

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
  session: Session;
  role: Role;
  generation?: number;
  nonce?: string | null;
}

/** The tokens that a session stands for, in the hands of its client. */
export async function issueClientTokens(
  context: Context,
  client: Client,
  { session, role, generation = 0, nonce = null }: Granted,
): Promise<ClientTokens> {
  const scope = session.scope ?? "";
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

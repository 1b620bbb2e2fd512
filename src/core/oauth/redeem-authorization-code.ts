import { eventOf } from "../audit/record-event.ts";
import type { Client } from "../client/client.ts";
import { sessionLifeOf } from "../client/session-life.ts";
import { provesChallenge } from "../pkce.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { newSession } from "../session/new-session.ts";
import type { NewSession } from "../session/session.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import { type AskedFor, narrow, stillAllowed } from "./asked-for.ts";
import type { ClientCredentials } from "./authenticate-client.ts";
import { type AuthorizationCode, openAuthorizationCode } from "./authorization-code.ts";
import { type ClientTokens, issueClientTokens } from "./client-tokens.ts";
import { type ClientRefusal, clientWithGrant } from "./client-with-grant.ts";

export interface PresentedCode {
  credentials: ClientCredentials;
  code: string;
  redirectUri: string | null;
  verifier: string | null;
  resources: AskedFor["resources"];
}

/**
 * Trades a code for tokens: once, within a minute, by the client that it was given to, at the redirect
 * URI that it was sent to, with the verifier of its challenge. The write that opens the session spends
 * the code. Brought again, it ends what it gave. RFC 6749 §4.1.3, RFC 9700 §4.2.4.
 */
export async function redeemAuthorizationCode(
  context: Context,
  presented: PresentedCode,
): Promise<
  | ClientTokens
  | Refused<ClientRefusal | "invalid_grant" | "scope_not_allowed" | "resource_not_allowed">
> {
  const client = await clientWithGrant(context, presented.credentials, "authorization_code");
  if (client instanceof Refused) {
    return client;
  }
  const code = await openAuthorizationCode(context.sealer, presented.code);
  const wrong = await whatIsWrong(context, client, code, presented);
  if (!code || wrong) {
    return wrong ?? new Refused("invalid_grant");
  }
  // A client with a secret redeems for many people from one address.
  const flooded = client.isConfidential ? null : await fenceRequests(context, "authorization code");
  if (flooded) {
    return flooded;
  }
  const session = sessionOf(context, client, code);
  const { resources } = presented;
  const narrowed = narrow(session, { scope: null, resources });
  const allowed = narrowed instanceof Refused ? narrowed : stillAllowed(client, narrowed);
  if (allowed instanceof Refused) {
    return allowed;
  }
  await context.accessTokens.prepare();
  const opened = await spend(context, code, session);
  if (!opened) {
    return new Refused("invalid_grant");
  }
  return issueClientTokens(context, client, {
    session: { ...opened.session, ...allowed },
    role: opened.account.role,
    nonce: code.nonce,
  });
}

/** Which parameter does not fit is told to the client that the code was given to, and nobody else. */
async function whatIsWrong(
  { pkce, tenantId }: Context,
  client: Client,
  code: AuthorizationCode | null,
  { redirectUri, verifier }: PresentedCode,
): Promise<Refused<"invalid_grant"> | null> {
  if (code?.tenantId !== tenantId || code.clientId !== client.id) {
    return new Refused("invalid_grant");
  }
  if (code.redirectUri !== redirectUri) {
    return notFitting("redirect_uri", "must be that of the authorization request");
  }
  return (await provesChallenge(pkce, code.challenge, verifier))
    ? null
    : notFitting("code_verifier", "must be the one whose challenge began this");
}

function notFitting(field: string, issue: string): Refused<"invalid_grant"> {
  return new Refused("invalid_grant", { fields: [{ field, issue }] });
}

function sessionOf(
  { clock, requester, terms }: Context,
  client: Client,
  code: AuthorizationCode,
): NewSession {
  const start = {
    id: code.sessionId,
    tenantId: code.tenantId,
    accountId: code.accountId,
    contract: terms.contract,
    clientId: client.id,
    scope: code.scopes.join(" "),
    audience: code.resources.join(" ") || null,
    authenticatedAt: new Date(code.authenticatedAt),
  };
  return newSession(start, { requester, life: sessionLifeOf(client, terms), now: clock.now() });
}

/** Null where the code is spent, which ends what it gave, or too old, or its account has changed. */
async function spend(context: Context, code: AuthorizationCode, session: NewSession) {
  const { clock, sessions } = context;
  const now = clock.now();
  const isInTime = now.getTime() < code.expiresAt;
  // A code that was given before codes kept it has none, for its minute.
  const approval = { at: new Date(code.approvedAt), bySessionId: code.approvedIn ?? null };
  const opened = isInTime ? await sessions.openApproved(session, approval) : null;
  if (opened?.opened === "before" || !isInTime) {
    await endWhatItGave(context, code);
    return null;
  }
  return opened;
}

/** It is of a client, whose name the store puts in: the subject of what is written down. */
async function endWhatItGave(
  context: Context,
  { accountId, clientId, sessionId, tenantId }: AuthorizationCode,
): Promise<void> {
  const happening = { tenantId, accountId, actorId: "", sessionId, clientId };
  const event = eventOf(context, "authorization-code-replayed", happening);
  await context.sessions.endGiven({ accountId, sessionId }, event);
}

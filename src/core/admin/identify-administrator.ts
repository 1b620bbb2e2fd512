import type { Caller } from "../caller/caller.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AccessTokenContent } from "../session/access-tokens.ts";
import { findCaller, withScope } from "../session/identify.ts";
import { readNumberedToken } from "../session/numbered-token.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import { fenceReturns } from "../throttle/refuse.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administratorOf, admit } from "./administrator-of.ts";

type Refusal = Refused<"access_token_invalid" | "insufficient_scope" | "rate_limited">;

/**
 * Who administers by this access token, in the tenant that is asked: somebody who signed in through any
 * contract or client, or a client by a token of its own. Its session or client is looked up every time.
 *
 * Who is of another tenant is let in as an operator alone: a superadmin of the default tenant, or a
 * client that may manage tenants. Whoever impersonates is nobody here.
 */
export async function identifyAdministrator(
  context: Context,
  token: string,
): Promise<AdminCaller | Refusal> {
  const numbered = await readNumberedToken(context.sealer, token);
  if (numbered !== null) {
    return bySession(context, numbered, null);
  }
  const content = await context.accessTokens.read(token);
  if (!content) {
    return new Refused("access_token_invalid");
  }
  return content.sessionId === null
    ? byClient(context, content)
    : bySession(context, content.sessionId, content.scope);
}

async function bySession(
  context: Context,
  sessionId: string,
  scope: string | null,
): Promise<AdminCaller | Refusal> {
  const flooded = await fenceReturns(context, "administration", sessionId, "rate_limited");
  if (flooded) {
    return flooded;
  }
  const found = await findCaller(context, sessionId, [context.tenantId, DEFAULT_TENANT_ID]);
  return found
    ? administratorOf(context, withScope(found, scope))
    : new Refused("access_token_invalid");
}

/** The same for somebody who was found by the cookie of a page, who comes as often as by a token. */
export async function identifyAdministratorOnPage(
  context: Context,
  caller: Caller,
): Promise<AdminCaller | Refused<"insufficient_scope" | "rate_limited">> {
  const { id } = caller.session;
  const flooded = await fenceReturns(context, "administration", id, "rate_limited");
  return flooded ?? administratorOf(context, caller);
}

/** As far as the client is still registered for what its token says. */
async function byClient(
  context: Context,
  content: AccessTokenContent,
): Promise<AdminCaller | Refusal> {
  const { clients } = context;
  const { clientId, subject, tenantId } = content;
  const flooded = await fenceReturns(context, "administration", subject, "rate_limited");
  if (flooded) {
    return flooded;
  }
  const isGood = await clients.isTokenGood({ ...content, tenantId });
  const client = isGood ? await clients.find(tenantId, clientId) : null;
  if (!client?.grants.includes("client_credentials")) {
    return new Refused("access_token_invalid");
  }
  const said = content.scope?.split(" ") ?? [];
  return admit(context, tenantId, false, {
    actorId: subject,
    role: "admin",
    scopes: said.filter((scope) => client.scopes.includes(scope)),
    isOperator: tenantId === DEFAULT_TENANT_ID,
    person: null,
    sessionId: null,
    clientId,
  });
}

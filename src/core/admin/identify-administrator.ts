import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AccessTokenContent } from "../session/access-tokens.ts";
import { reaches } from "../session/guarded.ts";
import { findCaller, withScope } from "../session/identify.ts";
import { readNumberedToken } from "../session/numbered-token.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import { fenceReturns } from "../throttle/refuse.ts";
import type { AdminCaller } from "./admin-caller.ts";

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
  if (!found) {
    return new Refused("access_token_invalid");
  }
  const { account, session } = withScope(found, scope);
  const { role } = account;
  const scopes = session.scope?.split(" ") ?? null;
  const isOperator = account.tenantId === DEFAULT_TENANT_ID && reaches(role, "superadmin");
  return admit(context, account.tenantId, session.actorId !== null, {
    actorId: account.id,
    role,
    scopes,
    isOperator,
    person: {
      accountId: account.id,
      mustResetPassword: account.mustResetPassword,
      provedAt: session.authenticatedAt ?? session.createdAt,
    },
    sessionId,
    clientId: session.clientId,
  });
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

/** In another tenant than its own it is an operator, and one that may manage tenants. */
function admit(
  { tenantId }: Context,
  ownTenantId: string,
  isImpersonating: boolean,
  caller: AdminCaller,
): AdminCaller | Refusal {
  const { isOperator, scopes } = caller;
  const reachesAll = isOperator && (scopes?.includes("admin:tenants") ?? true);
  return isImpersonating || (ownTenantId !== tenantId && !reachesAll)
    ? new Refused("insufficient_scope")
    : caller;
}

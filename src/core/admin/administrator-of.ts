import type { Caller } from "../caller/caller.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { reaches } from "../role.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import type { AdminCaller } from "./admin-caller.ts";
import type { AdminScope } from "./admin-scope.ts";

const ALL_TENANTS: AdminScope = "admin:tenants";

/** As what somebody who is signed in administers the tenant that is asked, whatever their role. */
export function administratorOf(
  context: Context,
  { account, session }: Caller,
): AdminCaller | Refused<"insufficient_scope"> {
  const { id, role, tenantId, mustResetPassword } = account;
  return admit(context, tenantId, session.actorId !== null, {
    actorId: id,
    role,
    scopes: session.scope?.split(" ") ?? null,
    isOperator: tenantId === DEFAULT_TENANT_ID && reaches(role, "superadmin"),
    person: {
      accountId: id,
      mustResetPassword,
      provedAt: session.authenticatedAt ?? session.createdAt,
    },
    sessionId: session.id,
    clientId: session.clientId,
  });
}

/**
 * In another tenant than its own it is an operator, and one that may manage tenants. Whoever
 * impersonates is nobody here.
 */
export function admit(
  { tenantId }: Context,
  ownTenantId: string,
  isImpersonating: boolean,
  caller: AdminCaller,
): AdminCaller | Refused<"insufficient_scope"> {
  const { isOperator, scopes } = caller;
  if (isImpersonating || (ownTenantId !== tenantId && !isOperator)) {
    return new Refused("insufficient_scope");
  }
  const reachesAll = scopes?.includes(ALL_TENANTS) ?? true;
  return ownTenantId === tenantId || reachesAll
    ? caller
    : new Refused("insufficient_scope", { scopes: [ALL_TENANTS] });
}

import type { LiveToken } from "../core/oauth/live-token.ts";
import type { AccessTokenContent } from "../core/session/access-tokens.ts";
import type { VerifiedToken } from "./auth-service.ts";
import { unixSeconds } from "./unix-seconds.ts";

/**
 * What an access token says to the resource that it is shown to. Null for refresh tokens and keys,
 * and for a token that is not for this resource. RFC 9068 §4.
 */
export function verifiedToken(
  live: LiveToken,
  { issuer, resource }: { issuer: string; resource: string },
): VerifiedToken | null {
  const {
    account,
    actorId,
    clientId,
    expiresAt,
    issuedAt,
    kind,
    scope,
    sessionId,
    subject,
    tenantId,
  } = live;
  const audience = [...(live.audience ?? [issuer])];
  if (kind !== "access token" || clientId === null || expiresAt === null) {
    return null;
  }
  if (!audience.includes(resource)) {
    return null;
  }
  return {
    subject,
    accountId: account?.id ?? null,
    clientId,
    sessionId,
    tenantId,
    scopes: scopesOf(scope),
    roles: account ? [account.role] : [],
    audience,
    actorId,
    issuedAt: unixSeconds(issuedAt),
    expiresAt: unixSeconds(expiresAt),
  };
}

/**
 * What an access token itself says to this resource, as it was when it was issued. Null for one that
 * names no scope: it was issued by a contract, and only its session tells what it is good for.
 */
export function signedToken(content: AccessTokenContent, resource: string): VerifiedToken | null {
  const { actorId, audience, clientId, roles, scope, sessionId, subject, tenantId } = content;
  if (scope === null || !audience.includes(resource)) {
    return null;
  }
  return {
    subject,
    accountId: sessionId === null ? null : subject,
    clientId,
    sessionId,
    tenantId,
    scopes: scopesOf(scope),
    roles: [...roles],
    audience: [...audience],
    actorId,
    issuedAt: unixSeconds(content.issuedAt),
    expiresAt: unixSeconds(content.expiresAt),
  };
}

function scopesOf(scope: string | null): string[] | null {
  return scope === null ? null : scope.split(" ").filter((one) => one !== "");
}

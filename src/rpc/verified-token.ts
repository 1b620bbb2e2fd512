import type { LiveToken } from "../core/oauth/live-token.ts";
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
    scopes: scope === null ? null : scope.split(" ").filter((one) => one !== ""),
    roles: account ? [account.role] : [],
    audience,
    actorId,
    issuedAt: unixSeconds(issuedAt),
    expiresAt: unixSeconds(expiresAt),
  };
}

import type { LiveToken } from "../core/oauth/live-token.ts";
import type { VerifiedKey } from "./auth-service.ts";
import { unixSeconds } from "./unix-seconds.ts";

/** What a key says to whoever it is shown to. Null for tokens. */
export function verifiedKey(live: LiveToken): VerifiedKey | null {
  const { account, expiresAt, keyId, kind, scope, tenantId } = live;
  if (keyId === null || account === null) {
    return null;
  }
  const isOwn = kind === "api key";
  return {
    keyId,
    kind: isOwn ? "api" : "service",
    accountId: account.id,
    tenantId,
    scopes: scope?.split(" ").filter((one) => one !== "") ?? [],
    // Who made a service key lent it nothing: it outlives what its maker may do.
    roles: isOwn ? [account.role] : [],
    expiresAt: expiresAt && unixSeconds(expiresAt),
  };
}

import type { Sealer } from "../ports.ts";

const PURPOSE = "authorization-code";
/** RFC 9700 §2.1 asks for short; a minute is enough for a redirect. */
export const CODE_SECONDS = 60;

/**
 * What an authorization code stands for. The code carries it all, sealed, and nothing is stored until it
 * is spent: by opening the session whose id is fixed here, which only the first can do.
 */
export interface AuthorizationCode {
  tenantId: string;
  clientId: string;
  accountId: string;
  sessionId: string;
  redirectUri: string;
  scopes: readonly string[];
  resources: readonly string[];
  challenge: string;
  nonce: string | null;
  /** Milliseconds since the epoch, like the others. */
  approvedAt: number;
  /** The session in which the person consented. */
  approvedIn: string;
  authenticatedAt: number;
  expiresAt: number;
}

export function sealAuthorizationCode(sealer: Sealer, code: AuthorizationCode): Promise<string> {
  return sealer.seal(PURPOSE, JSON.stringify(code));
}

/** Null for everything that was not sealed here. Whether it has expired is in it. */
export async function openAuthorizationCode(
  sealer: Sealer,
  code: string,
): Promise<AuthorizationCode | null> {
  const content = await sealer.open(PURPOSE, code);
  return content === null ? null : (JSON.parse(content) as AuthorizationCode);
}

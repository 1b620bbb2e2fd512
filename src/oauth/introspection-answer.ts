import type { LiveToken } from "../core/oauth/live-token.ts";

/** Only an access token may open anything by itself elsewhere: the others are not called Bearer. */
const TOKEN_TYPES: Readonly<Record<LiveToken["kind"], string>> = {
  "access token": "Bearer",
  "refresh token": "refresh_token",
  "api key": "api_key",
  "service key": "service_key",
};

/** What an active token stands for. Absent is what does not apply to it. */
export interface ActiveToken {
  active: true;
  scope?: string;
  client_id?: string;
  token_type: string;
  exp?: number;
  iat: number;
  sub: string;
  aud: string | readonly string[];
  iss: string;
  jti?: string;
  sid?: string;
  tenant: string;
  roles?: readonly string[];
  act?: { sub: string };
}

/** What is said of a token, with nothing at all about one that is no good. RFC 7662 §2.2. */
export function introspectionAnswer(
  live: LiveToken | null,
  issuer: string,
): ActiveToken | { active: false } {
  if (!live) {
    return { active: false };
  }
  const { account, actorId, clientId, expiresAt, issuedAt, jti, kind, scope, sessionId } = live;
  // A service key acts for the tenant: what its maker may do is no matter.
  const role = kind === "service key" ? null : (account?.role ?? null);
  return {
    active: true,
    ...(scope !== null && { scope }),
    ...(clientId !== null && { client_id: clientId }),
    token_type: TOKEN_TYPES[kind],
    ...(expiresAt && { exp: seconds(expiresAt) }),
    iat: seconds(issuedAt),
    sub: live.subject,
    aud: audience(live, issuer),
    iss: issuer,
    ...(jti !== null && { jti }),
    ...(sessionId !== null && { sid: sessionId }),
    tenant: live.tenantId,
    ...(role !== null && { roles: [role] }),
    ...(actorId !== null && { act: { sub: actorId } }),
  };
}

function audience({ audience }: LiveToken, issuer: string): string | readonly string[] {
  const [only = issuer, ...more] = audience ?? [];
  return more.length > 0 ? [only, ...more] : only;
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

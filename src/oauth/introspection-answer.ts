import type * as z from "zod";
import type { LiveToken } from "../core/oauth/live-token.ts";
import type * as shape from "./shapes.ts";

/** Only an access token may open anything by itself elsewhere: the others are not called Bearer. */
const TOKEN_TYPES = {
  "access token": "Bearer",
  "refresh token": "refresh_token",
  "api key": "api_key",
  "service key": "service_key",
} as const satisfies Record<LiveToken["kind"], string>;

/** What is said of a token, with nothing at all about one that is no good. RFC 7662 §2.2. */
export function introspectionAnswer(
  live: LiveToken | null,
  issuer: string,
): z.output<typeof shape.introspection> {
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

function audience({ audience }: LiveToken, issuer: string): string | string[] {
  const [only = issuer, ...more] = audience ?? [];
  return more.length > 0 ? [only, ...more] : only;
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

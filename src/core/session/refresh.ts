import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import { issueTokens, type Tokens } from "./issue-tokens.ts";
import { readRefreshToken } from "./refresh-token.ts";

/**
 * Trades a refresh token for a new pair. RFC 9700 §4.14.2.
 *
 * The generation is spent before its successor is issued: a crash between costs a retry, never a
 * replay. The generation just spent gets the same successor again for ten seconds (an answer lost,
 * two tabs), as long as that successor is unused; an older one ends the session.
 */
export async function refresh(
  context: Context,
  { refreshToken }: { refreshToken: string },
): Promise<Tokens | Refused<"refresh_token_invalid" | "refresh_token_replayed" | "rate_limited">> {
  const { accessTokens, sealer, sessions, tenantId, terms, clock } = context;
  const presented = await readRefreshToken(sealer, terms, refreshToken);
  if (!presented) {
    return new Refused("refresh_token_invalid");
  }
  const flooded = await fenceRequests(context, "refresh");
  if (flooded) {
    return flooded;
  }
  await accessTokens.prepare();
  const { sessionId, generation } = presented;
  const moved = await sessions.advance({
    tenantId,
    sessionId,
    generation,
    now: clock.now(),
    idleSeconds: terms.session.idleSeconds,
  });
  if (moved === "replayed") {
    return new Refused("refresh_token_replayed");
  }
  if (!moved) {
    return new Refused("refresh_token_invalid");
  }
  const { session, role } = moved;
  return issueTokens(context, session, { role, zapier: false }, moved.generation);
}

import type { Role } from "../account/account.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceReturns } from "../throttle/refuse.ts";
import { endReplayedSession } from "./end-replayed-session.ts";
import { issueTokens, type Tokens } from "./issue-tokens.ts";
import { type RefreshTokenContent, readRefreshToken } from "./refresh-token.ts";
import type { TokenSession } from "./session.ts";

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
  const presented = await readRefreshToken(context.sealer, context.terms, refreshToken);
  if (!presented) {
    return new Refused("refresh_token_invalid");
  }
  const flooded = await fenceReturns(context, "refresh", presented.sessionId, "rate_limited");
  if (flooded) {
    return flooded;
  }
  const moved = await advanceSession(context, presented);
  if (moved instanceof Refused) {
    return moved;
  }
  const { session, role, generation } = moved;
  return issueTokens(context, session, { role, zapier: false }, generation);
}

/** Spends what a refresh token says. With a `clientId` it has to be that client's. */
export async function advanceSession(
  context: Context,
  presented: RefreshTokenContent,
  of: { clientId?: string } = {},
): Promise<
  | { session: TokenSession; role: Role; generation: number }
  | Refused<"refresh_token_invalid" | "refresh_token_replayed">
> {
  const { accessTokens, sessions, tenantId, terms, clock } = context;
  await accessTokens.prepare();
  const step = { ...presented, ...of, tenantId, now: clock.now() };
  const moved = await sessions.advance({ ...step, idleSeconds: terms.session.idleSeconds });
  if (moved) {
    return moved;
  }
  const isReplay = await endReplayedSession(context, step);
  return new Refused(isReplay ? "refresh_token_replayed" : "refresh_token_invalid");
}

import { askPatiently } from "../http/ask-patiently.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { givenTokens } from "./given-tokens.ts";
import type { Server } from "./server.ts";

/** Short enough that an answer which got lost is asked for again while the same successor is given: 10 s. */
export const REFRESH_TIMEOUT_SECONDS = 8;

/** Trades a refresh token for the next tokens: RFC 6749 §6. Null when the session is over. */
export async function refreshTokens(
  { credentials, ask, platform }: Server,
  tokens: Tokens,
  refreshToken: string,
): Promise<Tokens | null> {
  const askedAt = platform.now();
  try {
    const answer = await askPatiently(ask, platform, "POST /oauth/token", {
      form: { grant_type: "refresh_token", refresh_token: refreshToken, ...credentials },
      timeoutSeconds: REFRESH_TIMEOUT_SECONDS,
    });
    return givenTokens(answer, askedAt, tokens);
  } catch (error) {
    if (error instanceof LatchkeyError && error.code === "invalid_grant") {
      return null;
    }
    throw error;
  }
}

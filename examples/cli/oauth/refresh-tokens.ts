import type { Surroundings } from "../surroundings.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { answerProblem } from "./answer-problem.ts";
import { askPatiently } from "./ask-patiently.ts";
import { textIn } from "./field.ts";
import { readGivenTokens } from "./read-given-tokens.ts";
import type { Server } from "./server.ts";

/**
 * Short enough that an answer which got lost is asked for again while the server still gives the same
 * successor (10 s at Latchkey).
 */
const timeoutSeconds = 8;

/**
 * Trades a refresh token for new tokens: RFC 6749 §6. Null when the session is over. Other refusals and
 * trouble that does not pass are problems, and say nothing about the session.
 */
export async function refreshTokens(
  server: Server,
  tokens: Tokens,
  refreshToken: string,
  surroundings: Surroundings,
): Promise<Tokens | null> {
  const question = {
    url: server.tokenEndpoint,
    form: {
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: tokens.clientId,
    },
    timeoutSeconds,
    toTheEnd: true,
  };
  const askedAt = surroundings.now();
  const answer = await askPatiently("renewing the access token", question, surroundings);
  const given = readGivenTokens(answer, askedAt);
  if (given) {
    return {
      ...tokens,
      ...given,
      refreshToken: given.refreshToken ?? refreshToken,
      scope: given.scope ?? tokens.scope,
      idToken: given.idToken ?? tokens.idToken,
    };
  }
  if (textIn(answer.body, "error") === "invalid_grant") {
    return null;
  }
  throw answerProblem("renewing the access token", server.tokenEndpoint, answer);
}

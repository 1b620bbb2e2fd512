import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Tokens } from "../tokens/tokens.ts";
import { answerProblem } from "./answer-problem.ts";
import { askPatiently } from "./ask-patiently.ts";
import type { Server } from "./server.ts";

/** Has the server end the session that tokens belong to: RFC 7009. Anything but a yes is a problem. */
export async function revokeSession(
  server: Server,
  tokens: Tokens,
  surroundings: Surroundings,
): Promise<void> {
  const url = server.revocationEndpoint;
  if (!url) {
    throw new Problem(`${server.issuer} offers no way to end a session from here.`, "");
  }
  const form = {
    token: tokens.refreshToken ?? tokens.accessToken,
    token_type_hint: tokens.refreshToken ? "refresh_token" : "access_token",
    client_id: tokens.clientId,
  };
  const answer = await askPatiently("ending the session", { url, form }, surroundings);
  if (answer.status !== 200) {
    throw answerProblem("ending the session", url, answer);
  }
}

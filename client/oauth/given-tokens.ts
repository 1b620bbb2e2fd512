import type { Answer } from "../http/ask.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import type { Tokens } from "../tokens/tokens.ts";

/** What stays as it was where an answer does not say it anew. */
type Before = Pick<Tokens, "url" | "clientId"> & Partial<Pick<Tokens, "refreshToken" | "idToken">>;

/**
 * The tokens of an answer: RFC 6749 §5.1. They are counted from when they were asked for: a clock that
 * runs behind the server's would keep them too long.
 */
export function givenTokens(
  answer: Answer<"POST /oauth/token">,
  askedAt: number,
  before: Before,
): Tokens {
  if (typeof answer?.access_token !== "string" || typeof answer.expires_in !== "number") {
    throw new LatchkeyError("unexpected_answer", "Latchkey answered without tokens.");
  }
  return {
    url: before.url,
    clientId: before.clientId,
    accessToken: answer.access_token,
    expiresAt: askedAt + answer.expires_in * 1_000,
    refreshToken: answer.refresh_token ?? before.refreshToken ?? null,
    // It is not there where nothing was granted.
    scope: answer.scope ?? "",
    idToken: answer.id_token ?? before.idToken ?? null,
  };
}

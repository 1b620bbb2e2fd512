import type { Answer } from "../http/ask.ts";
import { LatchkeyError } from "../latchkey-error.ts";
import type { Tokens } from "../tokens/tokens.ts";

/** What was asked for, and what stays as it was, where an answer does not say it anew. */
type Before = Pick<Tokens, "url" | "clientId"> &
  Partial<Pick<Tokens, "refreshToken" | "scope" | "resource" | "idToken">>;

/** For a server that does not say how long a token holds. */
const CAUTIOUS_SECONDS = 300;

/**
 * The tokens of an answer: RFC 6749 §5.1. They are counted from when they were asked for: a clock that
 * runs behind the server's would keep them too long.
 */
export function givenTokens(
  answer: Answer<"POST /oauth/token">,
  askedAt: number,
  before: Before,
): Tokens {
  const isBearer = String(answer?.token_type).toLowerCase() === "bearer";
  if (typeof answer?.access_token !== "string" || !isBearer) {
    throw new LatchkeyError("unexpected_answer", "Latchkey answered without tokens.");
  }
  return {
    url: before.url,
    clientId: before.clientId,
    accessToken: answer.access_token,
    expiresAt: askedAt + (answer.expires_in ?? CAUTIOUS_SECONDS) * 1_000,
    refreshToken: answer.refresh_token ?? before.refreshToken ?? null,
    // It need not be there where it is what was asked for.
    scope: answer.scope ?? before.scope ?? "",
    ...(before.resource && before.resource.length > 0 && { resource: before.resource }),
    idToken: answer.id_token ?? before.idToken ?? null,
  };
}

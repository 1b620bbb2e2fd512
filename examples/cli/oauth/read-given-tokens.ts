import type { Tokens } from "../tokens/tokens.ts";
import type { Answer } from "./ask.ts";
import { numberIn, textIn } from "./field.ts";

/** What a token endpoint gave: RFC 6749 §5.1. */
export type GivenTokens = Pick<
  Tokens,
  "accessToken" | "expiresAt" | "refreshToken" | "scope" | "idToken"
>;

/** For a server that does not say how long a token holds. */
const cautiousLifetimeSeconds = 300;

/**
 * Reads tokens from an answer; null when it holds none that this client can use. They are counted from
 * when they were asked for: a clock that runs behind the server's would keep them too long.
 */
export function readGivenTokens(answer: Answer, askedAt: number): GivenTokens | null {
  const accessToken = textIn(answer.body, "access_token");
  const type = textIn(answer.body, "token_type")?.toLowerCase();
  if (answer.status !== 200 || !accessToken || type !== "bearer") {
    return null;
  }
  const lifetimeSeconds = numberIn(answer.body, "expires_in") ?? cautiousLifetimeSeconds;
  return {
    accessToken,
    expiresAt: new Date(askedAt + lifetimeSeconds * 1_000).toISOString(),
    refreshToken: textIn(answer.body, "refresh_token"),
    scope: textIn(answer.body, "scope"),
    idToken: textIn(answer.body, "id_token"),
  };
}

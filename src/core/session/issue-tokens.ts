import type { Account } from "../account/account.ts";
import type { Context } from "../ports.ts";
import { tokenTerms } from "../terms.ts";
import { numberedTokenFor } from "./numbered-token.ts";
import { refreshTokenFor } from "./refresh-token.ts";
import type { TokenSession } from "./session.ts";

export interface Tokens {
  /** The session they stand for. */
  sessionId: string;
  access: string;
  accessLifetimeSeconds: number;
  /** Null in contracts that issue none. */
  refresh: string | null;
  /** How long the refresh token lives unused. */
  refreshLifetimeSeconds: number;
}

/** The refresh token, under terms that promise one. */
export function promisedRefreshToken({ refresh }: Tokens): string {
  if (refresh === null) {
    throw new Error("no refresh token was issued");
  }
  return refresh;
}

/** The pair of tokens that a session stands for at a generation of its refresh token. */
export async function issueTokens(
  { accessTokens, sealer, terms }: Context,
  session: TokenSession,
  account: Pick<Account, "role" | "zapier">,
  generation = 0,
): Promise<Tokens> {
  const { accessToken, refreshToken, session: life } = tokenTerms(terms, account);
  // Who impersonates has to ask again: an administrator's reach must not outlive a day's work.
  const prefix = session.actorId === null ? refreshToken?.prefix : undefined;
  const [access, refresh] = await Promise.all([
    accessToken.form === "jwt"
      ? accessTokens.mint(session, account.role, accessToken.lifetimeSeconds)
      : numberedTokenFor(sealer, session),
    prefix === undefined
      ? null
      : refreshTokenFor(sealer, terms, { sessionId: session.id, generation }),
  ]);
  return {
    sessionId: session.id,
    access,
    accessLifetimeSeconds: accessToken.lifetimeSeconds,
    refresh,
    refreshLifetimeSeconds: life.idleSeconds,
  };
}

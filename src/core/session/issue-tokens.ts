import type { Context } from "../ports.ts";
import { refreshTokenFor } from "./refresh-token.ts";
import type { Session } from "./session.ts";

export interface Tokens {
  access: string;
  /** Null in contracts that issue none. */
  refresh: string | null;
}

/** The pair of tokens that a session stands for at a generation of its refresh token. */
export async function issueTokens(
  context: Context,
  session: Session,
  generation = 0,
): Promise<Tokens> {
  const { accessTokens, sealer, terms } = context;
  const [access, refresh] = await Promise.all([
    accessTokens.mint(session, terms.accessToken.lifetimeSeconds),
    refreshTokenFor(sealer, terms, { sessionId: session.id, generation }),
  ]);
  return { access, refresh };
}

import type { Answer, Ask } from "../http/ask.ts";
import type { KeptTokens } from "../tokens/kept-tokens.ts";
import { ownClaims } from "./own-claims.ts";

type Listed = Answer<"GET /auth/{id}/sessions">["data"][number];

/** A living session of the account. Times are RFC 3339. */
export interface Session extends Pick<Listed, "id" | "createdAt" | "expiresAt"> {
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
  /** What it was begun with: `browser`, `os`, `deviceType`, `rawDetail` and `ip`, as far as known. */
  readonly client: Readonly<Record<string, unknown>>;
}

export interface Sessions {
  list(): Promise<Session[]>;
  /** Ends one. Throws `not_found`. */
  end(id: string): Promise<void>;
  /** Ends all but the one that asks, and gives how many those were. */
  endOthers(): Promise<number>;
}

/** The sessions of whoever is signed in. */
export function sessions(ask: Ask, tokens: KeptTokens): Sessions {
  return {
    list: () =>
      tokens.use(async (bearer) => {
        const { accountId, sessionId } = ownClaims(bearer);
        const { data } = await ask("GET /auth/{id}/sessions", { id: accountId, bearer });
        return data.map(({ id, createdAt, expiresAt, clientInfo }) => ({
          id,
          createdAt,
          expiresAt,
          isCurrent: id === sessionId,
          client: Object(JSON.parse(clientInfo)),
        }));
      }),
    async end(id) {
      await tokens.use((bearer) => ask("DELETE /auth/{id}/sessions", { id, bearer }));
    },
    async endOthers() {
      const answer = await tokens.use((bearer) => ask("DELETE /api/auth/tokens", { bearer }));
      return answer.revoked_count;
    },
  };
}

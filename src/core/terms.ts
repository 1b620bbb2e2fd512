import type { KeyKind } from "./key/key.ts";

/** What a contract has published about its accounts and tokens. Operations read it as policy. */
export interface Terms extends TokenTerms {
  /** Stands in the session and, where no OAuth client is involved, as `client_id` in its tokens. */
  contract: string;
  /** Whether only accounts with a verified address may sign in. */
  demandsVerifiedEmail?: true;
  /**
   * How many live sessions of this contract an account may have: one for each type of client, where
   * a new one ends the older, or as many as the setting says, where it ends the least recently used.
   * A thousand where nothing is said.
   */
  sessionLimit?: "one per client type" | "session cap";
  /** How the token begins that stands for a right password until the second factor is given. */
  challengePrefix?: string;
  /** The keys that its requests may bring, and that people make through it. */
  keys?: { kind: KeyKind; prefix: string };
  /** What holds instead for accounts that an operator has flagged for Zapier. */
  zapier?: TokenTerms;
}

export interface TokenTerms {
  accessToken: {
    /** A JWT (RFC 9068), or `<session number>|<secret>`. */
    form: "jwt" | "numbered";
    lifetimeSeconds: number;
  };
  /** Null in contracts that issue none. */
  refreshToken: { prefix: string } | null;
  session: {
    /** How long a session lives without being refreshed. */
    idleSeconds: number;
    /** How long it lives at most, however often it is refreshed (ASVS 10.4.8). */
    absoluteSeconds: number;
  };
}

/** The terms for one account: what is said of Zapier holds where the account is flagged. */
export function tokenTerms(terms: Terms, { zapier }: { zapier: boolean }): TokenTerms {
  return (zapier && terms.zapier) || terms;
}

import type { AccessTokenContent } from "../core/session/access-tokens.ts";

/** Bounds what an isolate keeps: a token is some 700 bytes as a rule, and never over 8 KB. */
const MOST = 1000;

interface Verified {
  kid: string;
  /** What its signature was checked with. */
  key: CryptoKey;
  content: AccessTokenContent;
}

/**
 * Tokens whose signature an isolate has checked, spelled as they came: a client sends the same one for
 * as long as it lives, and a signature does not change. What can change is for whoever asks to look at
 * each time: whether its key is still in use, and the time. Envoy's `jwt_cache_config` does the same.
 */
export class VerifiedTokens {
  readonly #tokens = new Map<string, Verified>();

  find(token: string): Verified | null {
    return this.#tokens.get(token) ?? null;
  }

  /** One more than there is room for takes the place of the one that was checked the longest ago. */
  keep(token: string, verified: Verified): void {
    if (this.#tokens.size >= MOST) {
      const [oldest = ""] = this.#tokens.keys();
      this.#tokens.delete(oldest);
    }
    this.#tokens.set(token, verified);
  }
}

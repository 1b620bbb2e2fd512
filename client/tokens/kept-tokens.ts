import { isPassing } from "../http/is-passing.ts";
import { LatchkeyError, signedOut } from "../latchkey-error.ts";
import type { Platform } from "../platform.ts";
import type { TokenStorage } from "./token-storage.ts";
import type { Tokens } from "./tokens.ts";

/** Trades a refresh token for the next tokens. Null when the session is over; rejects for anything else. */
export type Renew = (tokens: Tokens, refreshToken: string) => Promise<Tokens | null>;

interface Keeping {
  readonly storage: TokenStorage;
  /** Whose tokens these are. Others that lie in the storage are none of ours. */
  readonly owner: Pick<Tokens, "url" | "clientId">;
  readonly renew: Renew;
  readonly platform: Platform;
}

/** Tokens that end sooner are renewed first, so that whoever asks has time to use them. */
const LEAST_LIFE_MILLISECONDS = 60_000;

/** The tokens of one sign-in, renewed by one at a time: by one call, one tab and one process. */
export class KeptTokens {
  readonly #keeping: Keeping;
  #renewing: Promise<Tokens> | null = null;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** Null where nobody is signed in. */
  async find(): Promise<Tokens | null> {
    const { storage, owner } = this.#keeping;
    const tokens = await storage.load();
    return tokens?.url === owner.url && tokens.clientId === owner.clientId ? tokens : null;
  }

  /** Puts the tokens of a new sign-in in the place of those that were there. */
  async replace(tokens: Tokens): Promise<void> {
    const { storage } = this.#keeping;
    await storage.exclusively(() => storage.save(tokens));
  }

  /**
   * Tokens that can be used now, renewed if need be: because they end soon, or because a server refused
   * the access token `rejected`. Throws `signed_out` when there are none, or the session is over.
   */
  async fresh(rejected?: string): Promise<Tokens> {
    const found = await this.find();
    if (!found) {
      throw signedOut();
    }
    if (this.#areUsable(found, rejected)) {
      return found;
    }
    while (this.#renewing) {
      const joined = await this.#renewing;
      // It may have begun before this one was refused, and left it as it was.
      if (joined.accessToken !== rejected) {
        return joined;
      }
    }
    this.#renewing = this.#renewUnlessDone(rejected).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /**
   * Does what takes an access token, and once more with the next one where the first was refused. Throws
   * `signed_out` when there is no next one.
   */
  async use<Result>(work: (accessToken: string) => Promise<Result>): Promise<Result> {
    const { accessToken } = await this.fresh();
    try {
      return await work(accessToken);
    } catch (error) {
      if (!(error instanceof LatchkeyError && error.status === 401)) {
        throw error;
      }
      return work((await this.fresh(accessToken)).accessToken);
    }
  }

  /** Forgets the tokens after `work` has told the server, and also when it could not. */
  async forget(work: (tokens: Tokens) => Promise<void>): Promise<void> {
    const { storage } = this.#keeping;
    await storage.exclusively(async () => {
      const found = await this.find();
      if (found) {
        await work(found).finally(() => storage.save(null));
      }
    });
  }

  #renewUnlessDone(rejected: string | undefined): Promise<Tokens> {
    return this.#keeping.storage.exclusively(async () => {
      const found = await this.find();
      if (!found) {
        throw signedOut();
      }
      return this.#areUsable(found, rejected) ? found : this.#renew(found, rejected);
    });
  }

  async #renew(tokens: Tokens, rejected: string | undefined): Promise<Tokens> {
    const { storage, renew, platform } = this.#keeping;
    const isGood = tokens.accessToken !== rejected && tokens.expiresAt > platform.now();
    if (tokens.refreshToken === null && isGood) {
      return tokens;
    }
    try {
      const next = tokens.refreshToken === null ? null : await renew(tokens, tokens.refreshToken);
      await storage.save(next);
      if (next) {
        return next;
      }
    } catch (error) {
      if (isGood && isPassing(error)) {
        return tokens;
      }
      throw error;
    }
    throw signedOut();
  }

  #areUsable({ accessToken, expiresAt }: Tokens, rejected: string | undefined): boolean {
    const leftMilliseconds = expiresAt - this.#keeping.platform.now();
    return accessToken !== rejected && leftMilliseconds > LEAST_LIFE_MILLISECONDS;
  }
}

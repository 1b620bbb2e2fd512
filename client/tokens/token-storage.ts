import type { Tokens } from "./tokens.ts";

/**
 * Where tokens are kept. One for the memory, one for browsers and one for files are there; a server that
 * keeps sessions for many brings its own.
 */
export interface TokenStorage {
  /** Null where there are none, or nothing that can be read. */
  load(): Promise<Tokens | null>;
  /** Null forgets them. Has to be kept for good when it resolves: a refresh token works once. */
  save(tokens: Tokens | null): Promise<void>;
  /**
   * Does work while nobody else who shares this storage does any: no other call, tab or process. This is
   * what makes one of them refresh, and the others use what it got.
   */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
}

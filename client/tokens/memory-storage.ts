import { oneAtATime } from "./one-at-a-time.ts";
import type { TokenStorage } from "./token-storage.ts";
import type { Tokens } from "./tokens.ts";

/** Keeps tokens for as long as the program, the page or the isolate runs. */
export function memoryStorage(tokens: Tokens | null = null): TokenStorage {
  let kept = tokens;
  return {
    load: async () => kept,
    save: async (changed) => {
      kept = changed;
    },
    exclusively: oneAtATime(),
  };
}

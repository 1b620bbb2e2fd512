/** Everything the client reaches outside of itself. Tests bring a clock that nobody waits for. */
export interface Platform {
  readonly fetch: (url: string | Request, init?: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Rejects with the signal's reason once that is aborted. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** What makes it wait. */
export type Clock = Pick<Platform, "now" | "random" | "sleep">;

/** The runtime it is in, a browser, a Worker, Deno or Node, but for what is given. */
export function platform(
  send: typeof fetch = (input, init) => fetch(input, init),
  clock: Clock = { now: Date.now, random: Math.random, sleep },
): Platform {
  return { fetch: send, now: clock.now, random: clock.random, sleep: clock.sleep };
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", end, { once: true });
  });
}

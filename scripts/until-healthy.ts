import { setTimeout as wait } from "node:timers/promises";

/** Asks /health until the server answers, and gives that answer. Throws when told to stop. */
export async function untilHealthy(url: string, stop: AbortSignal): Promise<Response> {
  for (;;) {
    stop.throwIfAborted();
    const answer = await health(url);
    if (answer) {
      return answer;
    }
    await wait(100, undefined, { signal: stop });
  }
}

/** The answer of /health, or null when nothing answers there. */
export async function health(url: string): Promise<Response | null> {
  try {
    return await fetch(new URL("/health", url), { signal: AbortSignal.timeout(5_000) });
  } catch {
    return null;
  }
}

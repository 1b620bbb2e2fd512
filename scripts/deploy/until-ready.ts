import { setTimeout as wait } from "node:timers/promises";
import { Problem } from "../problem.ts";

/** A certificate of a new custom domain takes some minutes. */
const PATIENCE = { patienceMs: 10 * 60_000, everyMs: 3_000 };

/** Waits until the service and all that it depends on answer. Gives up with what was answered last. */
export async function untilReady(
  publicUrl: string,
  stop: AbortSignal,
  { patienceMs, everyMs }: { patienceMs: number; everyMs: number } = PATIENCE,
): Promise<void> {
  const url = new URL("/health/ready", publicUrl);
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const answer = await answered(url, stop);
    if (answer === "ready") {
      return;
    }
    if (performance.now() > giveUpAt) {
      throw new Problem(
        `${url} is not ready: ${answer}`,
        "What was deployed stays. Look at the Worker's logs and its domain, then: npm run doctor -- <url>",
      );
    }
    await wait(everyMs, undefined, { signal: stop });
  }
}

async function answered(url: URL, stop: AbortSignal): Promise<string> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(10_000)]);
    const response = await fetch(url, { signal });
    const text = (await response.text()).trim().slice(0, 300);
    return response.status === 200 ? "ready" : `${response.status} ${text}`;
  } catch (error) {
    stop.throwIfAborted();
    return `no answer (${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message})`;
  }
}

import { loadavg } from "node:os";
import { Problem } from "../../scripts/problem.ts";

/** What a machine that does nothing else comes to. */
export const IDLE_LOAD = 0.7;

/** How many processes wanted to run, on average over a minute. */
export function loadAverage(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2));
}

/** Throws where others would be measured as well, but for who asks for it. */
export function refuseBusyMachine(before: number): void {
  if (before > IDLE_LOAD) {
    throw new Problem(
      `The machine is busy: its load average is ${before}, and more than ${IDLE_LOAD} would be measured with Latchkey.`,
      "Wait until it does nothing else. --no-write measures now and writes nothing; --busy writes all the same.",
    );
  }
}

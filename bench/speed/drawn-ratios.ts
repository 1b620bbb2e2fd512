import type { Ratio, WorkResult } from "./result.ts";

/** What the chart shows: Latchkey beside each peer, and beside a floor where that is a goal. */
export function drawnRatios(works: readonly WorkResult[]): Ratio[] {
  return works
    .flatMap(({ ratios }) => ratios)
    .filter(({ beside, goal }) => goal !== null || !beside.startsWith("floor: "));
}

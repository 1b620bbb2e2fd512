import type { VariantResult } from "./result.ts";

/** What 99 of 100 refreshes, and as many requests for the public keys, are to be answered in. */
export const GOAL_P99_MS = 60;

/** Whether Latchkey as it is answers fast enough, and lets everybody in who comes back when told to. */
export function goalOf(variants: readonly VariantResult[]): { p99Ms: number; reached: boolean } {
  const asItIs = variants.find(({ variant }) => variant === "as it is");
  const isReached = ({ storm, returns }: VariantResult) =>
    storm.refresh.p99Ms < GOAL_P99_MS &&
    storm.publicKeys.p99Ms < GOAL_P99_MS &&
    returns.in === returns.people;
  return { p99Ms: GOAL_P99_MS, reached: asItIs !== undefined && isReached(asItIs) };
}

import { median, quantile } from "../enumeration/statistics.ts";

/** To three digits that say something. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The middle of some times, and what one in a hundred took at least. */
export function timesOf(milliseconds: readonly number[]): { medianMs: number; p99Ms: number } {
  return {
    medianMs: rounded(median(milliseconds)),
    p99Ms: rounded(quantile(milliseconds, 0.99)),
  };
}

import { isDeepStrictEqual } from "node:util";
import type { SpeedResult } from "./result.ts";

/**
 * The figures of a whole run with those works in their place that were measured once more. Null where the
 * rest is not the same, the day and the machine among it: figures of two runs like that do not stand in
 * one table. Each work begins with services that were just started, so it is not missed that the others
 * ran before.
 */
export function putIn(
  { works: all, ...whole }: SpeedResult,
  { works: again, ...part }: SpeedResult,
): SpeedResult | null {
  if (!isDeepStrictEqual(whole, part)) {
    return null;
  }
  const works = all.map((work) => again.find((other) => other.work === work.work) ?? work);
  return { ...whole, works };
}

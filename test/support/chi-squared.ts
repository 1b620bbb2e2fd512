/** How far counts are from being equally likely; about the number of possibilities when they are. */
export function chiSquared(drawn: readonly string[], possibilities: string): number {
  const expected = drawn.length / possibilities.length;
  const counts = new Map<string, number>();
  for (const one of drawn) {
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...possibilities].reduce(
    (sum, one) => sum + ((counts.get(one) ?? 0) - expected) ** 2 / expected,
    0,
  );
}

/** Twelve standard deviations above the mean: fair draws are past it once in billions of runs. */
export function chiSquaredBound(possibilities: string): number {
  const freedom = possibilities.length - 1;
  return freedom + 12 * Math.sqrt(2 * freedom);
}

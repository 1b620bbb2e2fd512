/** The value below which that part of all lies, between the two nearest where it falls between them. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Where 95 of 100 differences of medians lie that are drawn, with repetition, from both samples. */
export function bootstrapInterval(
  ones: readonly number[],
  others: readonly number[],
  { draws = 2000, random = Math.random }: { draws?: number; random?: () => number } = {},
): [low: number, high: number] {
  const redrawn = (values: readonly number[]) =>
    values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN);
  const differences = Array.from(
    { length: draws },
    () => median(redrawn(ones)) - median(redrawn(others)),
  );
  return [quantile(differences, 0.025), quantile(differences, 0.975)];
}

/**
 * How likely two samples of one distribution differ at least as much: the two-sided p of the
 * Mann–Whitney U test, by its normal approximation with corrections for ties and continuity. Good from
 * some twenty values each.
 */
export function mannWhitneyP(ones: readonly number[], others: readonly number[]): number {
  const n = ones.length;
  const m = others.length;
  const { rankSum, tieTerm } = rankedTogether(ones, others);
  const u = rankSum - (n * (n + 1)) / 2;
  const mean = (n * m) / 2;
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - tieTerm / (all * (all - 1)));
  if (variance <= 0) {
    return 1;
  }
  const z = Math.max(0, Math.abs(u - mean) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * (1 - normalCdf(z)));
}

/** The sum of the first sample's ranks among all, equal values sharing theirs; and Σ(t³ − t) over ties. */
function rankedTogether(ones: readonly number[], others: readonly number[]) {
  const all = [
    ...ones.map((value) => ({ value, isOne: true })),
    ...others.map((value) => ({ value, isOne: false })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let tieTerm = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (all[end]?.value === all[start]?.value && end < all.length) {
      end += 1;
    }
    const ties = end - start;
    const sharedRank = (start + 1 + end) / 2;
    rankSum += sharedRank * all.slice(start, end).filter(({ isOne }) => isOne).length;
    tieTerm += ties ** 3 - ties;
    start = end;
  }
  return { rankSum, tieTerm };
}

/** Abramowitz and Stegun 26.2.17: good to seven places. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const coefficients = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = coefficients.reduce((total, c, index) => total + c * t ** (index + 1), 0);
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

import type { Outcome } from "./import-accounts.ts";

const EVERY_MS = 1_000;

/** Says on the terminal, once a second at most, how many lines are done and how fast. */
export function showProgress(): (outcomes: readonly Outcome[]) => void {
  const startedAt = Date.now();
  let saidAt = startedAt;
  const counts = { done: 0, refused: 0 };
  return (outcomes) => {
    counts.done += outcomes.length;
    counts.refused += outcomes.filter(({ outcome }) => outcome === "refused").length;
    const now = Date.now();
    if (now - saidAt >= EVERY_MS) {
      saidAt = now;
      const rate = Math.round((counts.done / (now - startedAt)) * 1_000);
      process.stderr.write(`${counts.done} lines, ${counts.refused} refused, ${rate} a second\n`);
    }
  };
}

/** Rows of one kind that go when their time has come, so many at a time. */
export interface Chore {
  /** Queries that a step takes at most. */
  queries: number;
  /** Removes some, and says whether to come back for more. */
  step(): Promise<{ removed: number; hasMore: boolean }>;
}

export interface CleanUp<Kind extends string> {
  removed: Record<Kind, number>;
  /** Whether the next run has to go on where this one ended. */
  hasMore: boolean;
}

/** Cloudflare's free plan allows an invocation 50: the rest is for the other chores of the hour. */
const MOST_QUERIES = 35;

/**
 * Does chores in turns, a step of each, until all are through or the run has asked enough: none waits
 * behind another, and what is left waits for the next run.
 */
export async function cleanUp<Kind extends string>(
  chores: Record<Kind, Chore>,
): Promise<CleanUp<Kind>> {
  const kinds = Object.keys(chores) as Kind[];
  const removed = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
  let queriesLeft = MOST_QUERIES;
  let waiting = kinds;
  while (waiting.length > 0) {
    const again: Kind[] = [];
    for (const kind of waiting) {
      queriesLeft -= chores[kind].queries;
      if (queriesLeft < 0) {
        return { removed, hasMore: true };
      }
      const step = await chores[kind].step();
      removed[kind] += step.removed;
      if (step.hasMore) {
        again.push(kind);
      }
    }
    waiting = again;
  }
  return { removed, hasMore: false };
}

import type { SealedText, SealedTexts, Vault } from "../core/ports.ts";

/** Texts moved at a time: one statement reads them, and one writes them. */
const BATCH = 500;
/** Cloudflare's free plan allows an invocation 50 queries, and the clean-up needs most. */
const MOST_QUERIES = 10;
const QUERIES_OF_A_BATCH = 2;

export interface Moved {
  moved: number;
  /** Whether some may be left for the next run. */
  hasMore: boolean;
}

/**
 * Seals under the current master secret what the one before has sealed, so that the one before can go
 * and nobody who stayed away meanwhile loses anything. In bounded batches: the next run goes on.
 */
export async function moveToCurrentSecret(
  vault: Vault,
  places: readonly SealedTexts[],
): Promise<Moved> {
  const { previous } = await vault.secretIds();
  let moved = 0;
  let queries = 0;
  for (const place of previous === null ? [] : places) {
    let found: string[] = [];
    do {
      if (queries + QUERIES_OF_A_BATCH > MOST_QUERIES) {
        return { moved, hasMore: true };
      }
      // What does not open stays where it is: it must not be found again before all the rest.
      found = await place.sealedUnder(String(previous), BATCH, found.at(-1));
      const batch = await moveBatch(vault, place, found);
      moved += batch.moved;
      queries += 1 + batch.queries;
    } while (found.length === BATCH);
  }
  return { moved, hasMore: false };
}

async function moveBatch(vault: Vault, place: SealedTexts, found: readonly string[]) {
  const texts = await Promise.all(found.map((text) => move(vault, place.purpose, text)));
  const opened = texts.filter((text) => text !== null);
  return opened.length === 0
    ? { moved: 0, queries: 0 }
    : { moved: await place.replace(opened), queries: 1 };
}

/** Null for what does not open with the secret that it names: it is left as it is. */
async function move(vault: Vault, purpose: string, was: string): Promise<SealedText | null> {
  const becomes = await vault.move(purpose, was);
  return becomes === null ? null : { was, becomes };
}

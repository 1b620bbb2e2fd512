import type { SealedText, SealedTexts, Vault } from "../core/ports.ts";

/** Texts moved at a time: one statement reads them, and one writes them. */
const BATCH = 500;
/** Cloudflare's free plan allows an invocation 50 queries, and the clean-up needs most. */
const MOST_BATCHES = 5;

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
  let batches = 0;
  for (const place of previous === null ? [] : places) {
    let found: string[] = [];
    do {
      if (batches++ === MOST_BATCHES) {
        return { moved, hasMore: true };
      }
      // What does not open stays where it is: it must not be found again before all the rest.
      found = await place.sealedUnder(String(previous), BATCH, found.at(-1));
      const texts = await Promise.all(found.map((text) => move(vault, place.purpose, text)));
      moved += await place.replace(texts.filter((text) => text !== null));
    } while (found.length === BATCH);
  }
  return { moved, hasMore: false };
}

/** Null for what does not open with the secret that it names: it is left as it is. */
async function move(vault: Vault, purpose: string, was: string): Promise<SealedText | null> {
  const becomes = await vault.move(purpose, was);
  return becomes === null ? null : { was, becomes };
}

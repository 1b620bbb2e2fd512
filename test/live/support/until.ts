import { setTimeout as wait } from "node:timers/promises";

/** Only what never comes takes as long. */
const PATIENCE_MS = 180_000;
const EVERY_MS = 50;

type Nothing = null | undefined | false;

/** Looks again and again until there is something to see, and gives that. Throws where nothing comes. */
export async function until<T>(
  what: string,
  look: () => T | Nothing | Promise<T | Nothing>,
): Promise<T> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (performance.now() < giveUpAt) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) {
      return seen;
    }
    await wait(EVERY_MS);
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} seconds for ${what}`);
}

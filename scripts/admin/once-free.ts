import { setTimeout as pause } from "node:timers/promises";
import { isBusy } from "./is-busy.ts";

const GIVES_UP_AFTER_MS = 20_000;
const PAUSE_MS = 100;

/**
 * What comes of a transaction on local data. Where a server that runs there was writing, nothing is changed yet,
 * and it is done again.
 */
export async function onceFree<T>(transaction: () => Promise<T>, stop: AbortSignal): Promise<T> {
  const givesUpAt = Date.now() + GIVES_UP_AFTER_MS;
  for (;;) {
    try {
      return await transaction();
    } catch (error) {
      if (!isBusy(String(error)) || Date.now() > givesUpAt) {
        throw error;
      }
    }
    await pause(PAUSE_MS, undefined, { signal: stop });
  }
}

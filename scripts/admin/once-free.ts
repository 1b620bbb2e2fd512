import { setTimeout as pause } from "node:timers/promises";

const GIVES_UP_AFTER_MS = 20_000;
const PAUSE_MS = 100;

/**
 * SQLite lets one process write at a time and refuses the others at their first write. Of a transaction that
 * changes nothing that is the bookmark which the local D1 ends it with, and then it says no more than this.
 */
const IS_BUSY = /SQLITE_BUSY|Failed to get session commit token/;

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
      if (!IS_BUSY.test(String(error)) || Date.now() > givesUpAt) {
        throw error;
      }
    }
    await pause(PAUSE_MS, undefined, { signal: stop });
  }
}

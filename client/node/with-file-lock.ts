import type { DatabaseSync } from "node:sqlite";
import { LatchkeyError } from "../latchkey-error.ts";
import { type Clock, platform } from "../platform.ts";

const PATIENCE_MILLISECONDS = 60_000;
const STEP_MILLISECONDS = 50;
const SQLITE_BUSY = 5;
const BUSY_WORDS = "database is locked";

/**
 * Does work that one process at a time may do; others wait a minute at most. The lock is SQLite's on an
 * empty database: the system frees it when its holder dies, so no lock is ever stale, and none is taken
 * from a holder that only sleeps. Lock files that processes delete for each other promise neither.
 */
export async function withFileLock<Result>(
  lockPath: string,
  work: () => Promise<Result>,
  { now, random, sleep }: Clock = platform(),
): Promise<Result> {
  const giveUpAt = now() + PATIENCE_MILLISECONDS;
  let lock = await tryLock(lockPath);
  while (!lock) {
    if (now() >= giveUpAt) {
      const what = `Another process has held ${lockPath} for a minute.`;
      throw new LatchkeyError("storage_busy", what);
    }
    await sleep(STEP_MILLISECONDS * (1 + random()));
    lock = await tryLock(lockPath);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}

async function tryLock(lockPath: string): Promise<DatabaseSync | null> {
  const { DatabaseSync } = await sqlite();
  const database = new DatabaseSync(lockPath);
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (isBusy(error)) {
      return null;
    }
    throw error;
  }
}

/** Deno gives no number: there its words have to do. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  return "errcode" in error ? error.errcode === SQLITE_BUSY : error.message === BUSY_WORDS;
}

async function sqlite() {
  try {
    return await import("node:sqlite");
  } catch (cause) {
    const what =
      "Tokens in a file need a lock among processes: node:sqlite, of Node 22.13 or newer.";
    throw new LatchkeyError("storage_unsafe", what, { cause });
  }
}

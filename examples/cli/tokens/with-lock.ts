import { DatabaseSync } from "node:sqlite";
import { Problem } from "../problem.ts";
import type { Surroundings } from "../surroundings.ts";

const patienceMilliseconds = 60_000;
const stepMilliseconds = 50;
const sqliteBusy = 5;

/**
 * Does work that one process at a time may do; others wait a minute at most. The lock is SQLite's on an
 * empty database: the system frees it when its holder dies, so no lock is ever stale, and none is taken
 * from a holder that only sleeps. Lock files that processes delete for each other promise neither.
 */
export async function withLock<Result>(
  lockPath: string,
  surroundings: Surroundings,
  work: () => Promise<Result>,
): Promise<Result> {
  const giveUpAt = surroundings.now() + patienceMilliseconds;
  let lock = tryLock(lockPath);
  while (!lock) {
    if (surroundings.now() >= giveUpAt) {
      throw new Problem(
        "Another process has been changing the tokens for a minute.",
        "Wait for it or end it, and try again.",
      );
    }
    await surroundings.sleep(stepMilliseconds * (1 + surroundings.random()));
    lock = tryLock(lockPath);
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}

function tryLock(lockPath: string): DatabaseSync | null {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(lockPath);
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) {
      return null;
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(`${lockPath} cannot be locked: ${why}.`, "Check who owns that directory.");
  }
}

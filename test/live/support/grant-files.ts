import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Where the local runtime keeps the alarms of a class of Durable Objects; their ids name the other files. */
const ALARMS = "metadata.sqlite";
const ALARM_KEY = 1;
const BUSY_MS = 60_000;

/** The file of each device grant's Durable Object, in the stores of a server of this machine. */
export function grantFiles(state: string): string[] {
  const files = globSync(join(state, "v3", "do", "*-DeviceGrant", "*.sqlite"));
  return files.filter((file) => basename(file) !== ALARMS);
}

/** Whether an object has nothing stored. */
export function isEmpty(file: string): boolean {
  return within(file, (database) => {
    // At one moment: a server that empties it in between would take the table away.
    database.exec("BEGIN");
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE name = '_cf_KV'").all();
    return tables.length === 0 || database.prepare("SELECT key FROM _cf_KV").all().length === 0;
  });
}

/** Has the alarm of each object ring so much earlier, as if no server had run meanwhile: none may. */
export function bringAlarmsForward(files: readonly string[], seconds: number): void {
  const nanoseconds = seconds * 1_000_000_000;
  for (const file of files) {
    within(join(dirname(file), ALARMS), (alarms) =>
      alarms
        .prepare("UPDATE _cf_ALARM SET scheduled_time = scheduled_time - ? WHERE actor_id = ?")
        .run(nanoseconds, basename(file, ".sqlite")),
    );
    within(file, (database) =>
      database
        .prepare("UPDATE _cf_METADATA SET value = value - ? WHERE key = ?")
        .run(nanoseconds, ALARM_KEY),
    );
  }
}

function within<T>(file: string, work: (database: DatabaseSync) => T): T {
  // A server that runs may be at it.
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

import { sha256 } from "../../bytes/sha-256.ts";

const SWEEP_EVERY_MS = 24 * 3600 * 1000;
/** As many as are swept in one go of each table, and how soon the next goes on. */
const SWEPT_AT_ONCE = 1000;
const SWEEP_ON_AFTER_MS = 1000;
/** As many objects as share all subjects of one kind. */
const SHARDS = 256;

/**
 * Values by subject in an object's storage, each until its time. Reading and writing await nothing, so
 * that between the two nobody else gets a turn.
 */
export class KeptBySubject<Value> {
  readonly #storage: DurableObjectStorage;
  readonly #table: string;

  constructor(storage: DurableObjectStorage, table: string) {
    this.#storage = storage;
    this.#table = table;
    storage.sql.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (subject TEXT PRIMARY KEY, value TEXT, until INTEGER) WITHOUT ROWID`,
    );
    storage.sql.exec(`CREATE INDEX IF NOT EXISTS ${table}_until ON ${table} (until)`);
  }

  get(subject: string): Value | null {
    const [row] = this.#storage.sql.exec<{ value: string }>(
      `SELECT value FROM ${this.#table} WHERE subject = ? AND until > ?`,
      subject,
      Date.now(),
    );
    return row ? (JSON.parse(row.value) as Value) : null;
  }

  put(subject: string, value: Value, until: number): void {
    this.#storage.sql.exec(
      `INSERT OR REPLACE INTO ${this.#table} VALUES (?, ?, ?)`,
      subject,
      JSON.stringify(value),
      until,
    );
  }

  remove(subject: string): void {
    this.#storage.sql.exec(`DELETE FROM ${this.#table} WHERE subject = ?`, subject);
  }

  /** Removes some of what has had its time. When the next of what is left has: null for nothing. */
  sweep(): number | null {
    this.#storage.sql.exec(
      `DELETE FROM ${this.#table} WHERE subject IN (SELECT subject FROM ${this.#table} WHERE until <= ? LIMIT ${SWEPT_AT_ONCE})`,
      Date.now(),
    );
    const [next] = this.#storage.sql.exec<{ until: number }>(
      `SELECT until FROM ${this.#table} ORDER BY until LIMIT 1`,
    );
    return next?.until ?? null;
  }
}

/** What an object does when its alarm rings: it rings again while something is left. */
export async function sweep(
  storage: DurableObjectStorage,
  ...tables: readonly KeptBySubject<unknown>[]
): Promise<void> {
  const ends = tables.map((table) => table.sweep()).filter((until) => until !== null);
  if (ends.some((until) => until <= Date.now())) {
    await storage.setAlarm(Date.now() + SWEEP_ON_AFTER_MS);
  } else if (ends.length > 0) {
    await sweepLater(storage);
  }
}

/** Has an object's alarm ring within a day, when it may sweep. */
export async function sweepLater(storage: DurableObjectStorage): Promise<void> {
  if ((await storage.getAlarm()) === null) {
    await storage.setAlarm(Date.now() + SWEEP_EVERY_MS);
  }
}

/**
 * Which of the objects keeps a subject, and under what name: no address stands in either.
 *
 * Many subjects share an object. One of its own would be near whoever came first and awake when it
 * was asked lately: how long an answer takes would tell of an address whether somebody uses it.
 */
export async function placeOf(
  ...subject: readonly string[]
): Promise<{ shard: string; subject: string }> {
  const digest = await sha256(subject.join("\n"));
  return { shard: `shard ${(digest[0] ?? 0) % SHARDS}`, subject: digest.toHex() };
}

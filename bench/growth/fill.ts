import type { Database } from "../running/latchkey/seed.ts";
import { bytesOf } from "./bytes-of.ts";
import { account, type Basis, event, type Insert, password, proof, session } from "./rows.ts";

/** Rows of a table that one statement inserts at most. */
const CHUNK = 25_000;

/** A prime that no number of accounts has in it, and far from all of them. */
const STRIDE = 618_033_947;

/** What one more of something takes. */
export interface Share {
  /** Rows that D1 bills for writing it: itself, and its place in each index. */
  rows: number;
  bytes: number;
}

export interface Filled {
  account: Share;
  session: Share;
  event: Share;
  /** Of the whole database. */
  bytes: number;
}

export interface Stretch {
  /** The number of the first, and the one after the last. */
  from: number;
  to: number;
}

/**
 * Inserts accounts, each with its password, some with the proof of their address, and then for each a
 * session with the event that tells of it. They get a number each, and come in another order than that
 * of their numbers: rows that are put where they belong leave pages less full than rows put at the end.
 */
export async function fill(
  database: Database,
  basis: Basis,
  stretch: Stretch,
  tell: (what: string, done: number) => void,
): Promise<Filled> {
  const added = stretch.to - stretch.from;
  const insert = async (what: string, tables: readonly Insert[]) => {
    const before = await bytesOf(database);
    let rows = 0;
    for (let from = stretch.from; from < stretch.to; from += CHUNK) {
      const to = Math.min(stretch.to, from + CHUNK);
      const numbers = `WITH RECURSIVE places(place) AS
        (SELECT ${from} UNION ALL SELECT place + 1 FROM places WHERE place + 1 < ${to}),
        numbers(n, place) AS
        (SELECT ${stretch.from} + (place * ${STRIDE}) % ${added}, place FROM places)`;
      const answers = await database.batch(
        tables.map((table) => database.prepare(table(numbers, basis))),
      );
      rows += answers.reduce((sum, { meta }) => sum + meta.rows_written, 0);
      tell(what, to);
    }
    return { rows: rows / added, bytes: ((await bytesOf(database)) - before) / added };
  };
  const ofAccount = await insert("accounts", [account, password, proof]);
  const ofSession = await insert("sessions", [session]);
  const ofEvent = await insert("events", [event]);
  const bytes = await bytesOf(database);
  return { account: ofAccount, session: ofSession, event: ofEvent, bytes };
}

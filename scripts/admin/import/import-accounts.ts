import type { Sql } from "../../sql.ts";
import type { Row } from "../task.ts";
import type { Mapper } from "./foreign-row.ts";
import { bytesOf, insertBatch } from "./insert-batch.ts";
import type { NumberedText } from "./numbered-lines.ts";
import type { Preparation, PreparedRow } from "./prepared-row.ts";
import { type ReadRow, readRow } from "./read-row.ts";
import { NOT_NEW, readWhyNotNew, whyNotNew } from "./why-not-new.ts";

/**
 * A statement has 100,000 bytes at most (D1), and an argument of a program, which at Cloudflare has all
 * of them, 131,072.
 */
const BATCH_BYTES_MOST = 90_000;
const BATCH_ROWS_MOST = 250;

/** What became of a line. */
export interface Outcome {
  line: number;
  outcome: "imported" | "would be imported" | "there already" | "refused";
  /** The account's, where it was imported. */
  id?: string;
  /** Why it was refused, or passed over. */
  reason?: string;
  /** What of it was not taken. */
  notes?: readonly string[];
}

export interface ImportPorts extends Preparation {
  /** Runs statements in one transaction and gives the rows of each. */
  execute(statements: readonly Sql[]): Promise<Row[][]>;
  /** In the order of lines, and only once it is so. */
  report(outcomes: readonly Outcome[]): Promise<void>;
  /** Reads and checks everything, also against what is there and the lines before, and stores nothing. */
  dryRun: boolean;
}

export interface Tally {
  imported: number;
  thereAlready: number;
  refused: number;
  /** Imported with a password that costs more to check than one of ours. */
  dear: number;
  /** What the dearest of those costs, in iterations of our own; 0 where there is none. */
  dearest: number;
  /** Imported passwords and authenticator apps of addresses that were not proved where they come from. */
  unproved: { passwords: number; apps: number };
}

/**
 * Stores accounts in batches of bounded size, each in one transaction, and reports on every line. A line
 * that cannot be taken stops no other; an account that is there already is left as it is.
 */
export async function importAccounts(
  lines: AsyncIterable<NumberedText>,
  mapper: Mapper | null,
  ports: ImportPorts,
): Promise<Tally> {
  const tally: Tally = {
    ...{ imported: 0, thereAlready: 0, refused: 0, dear: 0, dearest: 0 },
    unproved: { passwords: 0, apps: 0 },
  };
  const store = ports.dryRun ? onlyChecking(ports) : storing(ports);
  let batch = new Batch();
  const flush = async () => {
    const outcomes = await store(batch);
    await ports.report(outcomes);
    count(tally, batch, outcomes);
    batch = new Batch();
  };
  for await (const line of lines) {
    const row = await readRow(line, mapper, ports);
    if (!batch.hasRoomFor(row)) {
      await flush();
    }
    batch.add(row);
  }
  await flush();
  return tally;
}

/** Lines in their order, and how large those among them are that can be stored. */
class Batch {
  readonly lines: ReadRow[] = [];
  readonly #ids = new Set<string>();
  #bytes = 0;

  hasRoomFor({ prepared }: ReadRow): boolean {
    const bytes = this.#bytes + (prepared ? bytesOf(prepared) : 0);
    return this.lines.length < BATCH_ROWS_MOST && bytes <= BATCH_BYTES_MOST;
  }

  add({ line, ...row }: ReadRow): void {
    const reason = row.prepared ? this.#whyNot(row.prepared) : null;
    if (reason !== null) {
      this.lines.push({ line, prepared: null, reason });
      return;
    }
    this.lines.push({ line, ...row });
    if (row.prepared) {
      this.#ids.add(row.prepared.id);
      this.#bytes += bytesOf(row.prepared);
    }
  }

  #whyNot(row: PreparedRow): string | null {
    if (bytesOf(row) > BATCH_BYTES_MOST) {
      return `it comes to more than ${BATCH_BYTES_MOST} bytes`;
    }
    return this.#ids.has(row.id) ? "its id is that of a line before" : null;
  }

  get prepared(): PreparedRow[] {
    return this.lines.flatMap(({ prepared }) => (prepared ? [prepared] : []));
  }
}

/** What becomes of a batch: the outcome of each of its lines. */
type Store = (batch: Batch) => Promise<Outcome[]>;

/** Asks why only of what was passed over: an import into an empty tenant costs nothing for it. */
function storing(ports: ImportPorts): Store {
  return async (batch) => {
    const { prepared } = batch;
    const { tenantId, now } = ports;
    const answers =
      prepared.length === 0 ? [] : await ports.execute(insertBatch(prepared, tenantId, now));
    const ids = new Set(answers[0]?.map(({ id }) => String(id)));
    const why = await askWhy(
      prepared.filter(({ id }) => !ids.has(id)),
      ports,
    );
    return outcomesOf(batch, (row) =>
      ids.has(row.id)
        ? { outcome: "imported", id: row.id, ...notesOf(row) }
        : (why(row) ?? { outcome: "there already" }),
    );
  };
}

/** Remembers addresses and ids of the whole file, by which a line is there already once another is stored. */
function onlyChecking(ports: ImportPorts): Store {
  const seen = { emails: new Set<string>(), ids: new Set<string>() };
  return async (batch) => {
    const why = await askWhy(batch.prepared, ports);
    return outcomesOf(batch, (row) => {
      const other = why(row) ?? whySeen(seen, row);
      if (other) {
        return other;
      }
      seen.emails.add(row.email);
      seen.ids.add(row.id);
      return { outcome: "would be imported", ...notesOf(row) };
    });
  };
}

type Became = Omit<Outcome, "line">;

function outcomesOf({ lines }: Batch, of: (row: PreparedRow) => Became): Outcome[] {
  return lines.map(({ line, prepared, reason }) =>
    prepared ? { line, ...of(prepared) } : { line, outcome: "refused", reason },
  );
}

/** An account of another tenant is not there for this one: its line is refused. */
async function askWhy(
  rows: readonly PreparedRow[],
  { tenantId, now, execute }: ImportPorts,
): Promise<(row: PreparedRow) => Became | null> {
  const [answer = []] = rows.length === 0 ? [] : await execute([whyNotNew(rows, tenantId, now)]);
  const reasons = readWhyNotNew(answer);
  return ({ id }) => {
    const why = reasons.get(id);
    return why
      ? { outcome: why === "elsewhere" ? "refused" : "there already", reason: NOT_NEW[why] }
      : null;
  };
}

function whySeen(
  { emails, ids }: { emails: ReadonlySet<string>; ids: ReadonlySet<string> },
  { email, id }: PreparedRow,
): Became | null {
  const what = emails.has(email) ? "address" : ids.has(id) ? "id" : null;
  return what ? { outcome: "there already", reason: `its ${what} is that of a line before` } : null;
}

function notesOf({ notes }: PreparedRow): Pick<Outcome, "notes"> {
  return notes.length > 0 ? { notes } : {};
}

function count(tally: Tally, batch: Batch, outcomes: readonly Outcome[]): void {
  for (const [index, { outcome }] of outcomes.entries()) {
    if (outcome === "refused") {
      tally.refused += 1;
    } else if (outcome === "there already") {
      tally.thereAlready += 1;
    } else {
      countImported(tally, batch.lines[index]?.prepared ?? null);
    }
  }
}

function countImported(tally: Tally, row: PreparedRow | null): void {
  tally.imported += 1;
  tally.dear += row?.dearness == null ? 0 : 1;
  tally.dearest = Math.max(tally.dearest, row?.dearness ?? 0);
  tally.unproved.passwords += Number(row?.unproved.password ?? false);
  tally.unproved.apps += Number(row?.unproved.app ?? false);
}

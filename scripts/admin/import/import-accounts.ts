import type { Sql } from "../../sql.ts";
import type { Row } from "../task.ts";
import type { Mapper } from "./foreign-row.ts";
import { bytesOf, insertBatch } from "./insert-batch.ts";
import type { NumberedText } from "./numbered-lines.ts";
import type { Preparation, PreparedRow } from "./prepared-row.ts";
import { type ReadRow, readRow } from "./read-row.ts";

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
  /** Why it was refused. */
  reason?: string;
  /** What of it was not taken. */
  notes?: readonly string[];
}

export interface ImportPorts extends Preparation {
  /** Runs statements in one transaction and gives the rows of each. */
  execute(statements: readonly Sql[]): Promise<Row[][]>;
  /** In the order of lines, and only once it is so. */
  report(outcomes: readonly Outcome[]): Promise<void>;
  /** Reads and checks everything, and stores nothing. */
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
  const tally: Tally = { imported: 0, thereAlready: 0, refused: 0, dear: 0, dearest: 0 };
  let batch = new Batch();
  const flush = async () => {
    const outcomes = await store(batch, ports);
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

async function store(batch: Batch, ports: ImportPorts): Promise<Outcome[]> {
  const { prepared } = batch;
  const stored =
    prepared.length === 0 || ports.dryRun
      ? []
      : ((await ports.execute(insertBatch(prepared, ports.tenantId, ports.now)))[0] ?? []);
  const ids = new Set(stored.map(({ id }) => String(id)));
  return batch.lines.map(({ line, prepared: row, reason }): Outcome => {
    if (!row) {
      return { line, outcome: "refused", reason };
    }
    const notes = row.notes.length > 0 ? { notes: row.notes } : {};
    if (ports.dryRun) {
      return { line, outcome: "would be imported", ...notes };
    }
    return ids.has(row.id)
      ? { line, outcome: "imported", id: row.id, ...notes }
      : { line, outcome: "there already" };
  });
}

function count(tally: Tally, batch: Batch, outcomes: readonly Outcome[]): void {
  for (const [index, { outcome }] of outcomes.entries()) {
    if (outcome === "refused") {
      tally.refused += 1;
    } else if (outcome === "there already") {
      tally.thereAlready += 1;
    } else {
      const dearness = batch.lines[index]?.prepared?.dearness ?? null;
      tally.imported += 1;
      tally.dear += dearness === null ? 0 : 1;
      tally.dearest = Math.max(tally.dearest, dearness ?? 0);
    }
  }
}

import type * as z from "zod";
import { ForeignHashProblem } from "../../../src/crypto/foreign-hash/foreign-hash.ts";
import { accountRow } from "./account-row.ts";
import { isFields, type Mapper } from "./foreign-row.ts";
import { issueWords } from "./issue-words.ts";
import type { NumberedText } from "./numbered-lines.ts";
import { type Preparation, type PreparedRow, preparedRow } from "./prepared-row.ts";
import { RowProblem } from "./row-problem.ts";

const ONE_A_LINE =
  'a line is one account, as {"email":"ada@example.com"}, without a comma after it';

/** A line that can be stored, or why it cannot. */
export type ReadRow = { line: number } & (
  | { prepared: PreparedRow; reason?: never }
  | { prepared: null; reason: string }
);

/** Reads a line, has it made into one of ours where it is another system's, checks it and makes it ready. */
export async function readRow(
  { line, text }: NumberedText,
  mapper: Mapper | null,
  preparation: Preparation,
): Promise<ReadRow> {
  try {
    const given = parse(text);
    const { row, notes } = mapper ? mapper(given, preparation.now) : { row: given, notes: [] };
    const checked = accountRow.safeParse(row, { error: issueWords });
    if (!checked.success) {
      throw new RowProblem(checked.error.issues.map(withPath).join("; "));
    }
    const prepared = await preparedRow(checked.data, {
      ...preparation,
      isForeign: mapper !== null,
    });
    return { line, prepared: { ...prepared, notes: [...notes, ...prepared.notes] } };
  } catch (error) {
    if (error instanceof RowProblem || error instanceof ForeignHashProblem) {
      return { line, prepared: null, reason: error.message };
    }
    throw error;
  }
}

function parse(text: string | null) {
  if (text === null) {
    throw new RowProblem("it is longer than 64 KiB, or no UTF-8");
  }
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    // What the parser says would quote the line.
    throw new RowProblem(`it is not JSON: ${ONE_A_LINE}`);
  }
  if (!isFields(given)) {
    throw new RowProblem(`it is JSON, but not an object: ${ONE_A_LINE}`);
  }
  return given;
}

function withPath({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}

import { createReadStream, existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import * as z from "zod";
import { Problem } from "../../problem.ts";
import type { Outcome } from "./import-accounts.ts";
import { numberedLines } from "./numbered-lines.ts";

/** What a report is about: it goes on with no other file, format or tenant. */
const about = z.strictObject({
  report: z.literal(1),
  file_bytes: z.int(),
  format: z.string(),
  tenant: z.string(),
});
export type About = z.output<typeof about>;

const reported = z.looseObject({ line: z.int() });

export interface Report {
  /** The last line that is reported; 0 before the first. */
  lastLine: number;
  write(outcomes: readonly Outcome[]): Promise<void>;
  close(): Promise<void>;
}

/** A new report, which only its owner may read: NDJSON, a line about the file and one for each of its lines. */
export async function newReport(path: string, of: About): Promise<Report> {
  if (existsSync(path)) {
    throw new Problem(
      `There is a report at ${path} already.`,
      `To go on with that import: --resume ${path}. To begin another, name it: --report <file>`,
    );
  }
  const file = await open(path, "wx", 0o600);
  await file.write(`${JSON.stringify(of)}\n`);
  return reportIn(file, 0);
}

/** One that was broken off, to go on after its last whole line. Refuses another file's. */
export async function resumedReport(path: string, of: About): Promise<Report> {
  if (!existsSync(path)) {
    throw new Problem(`There is no report at ${path}.`, "Leave out --resume to begin.");
  }
  let lastLine = 0;
  let bytes = 0;
  let first: unknown = null;
  for await (const { text } of numberedLines(createReadStream(path))) {
    const read = parsed(text);
    first ??= read;
    const line = reported.safeParse(read);
    if (read === null || (read !== first && !line.success)) {
      // Cut off while it was written.
      break;
    }
    lastLine = line.success ? line.data.line : lastLine;
    bytes += Buffer.byteLength(`${text}\n`);
  }
  const header = about.safeParse(first);
  if (!header.success || JSON.stringify(header.data) !== JSON.stringify(of)) {
    throw new Problem(
      `The report at ${path} is about another file, format or tenant.`,
      "Give the command as it was given before, with --resume added.",
    );
  }
  const file = await open(path, "r+");
  const { size } = await file.stat();
  await file.truncate(Math.min(bytes, size));
  // The last line was whole but for its end.
  await file.write(bytes > size ? "\n" : "", size);
  return reportIn(file, lastLine, bytes);
}

function reportIn(file: FileHandle, lastLine: number, at?: number): Report {
  let position = at;
  return {
    lastLine,
    async write(outcomes) {
      const text = outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join("");
      const { bytesWritten } = await file.write(text, position);
      position = position === undefined ? undefined : position + bytesWritten;
    },
    close: () => file.close(),
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}

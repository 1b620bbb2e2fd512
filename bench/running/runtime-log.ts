import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Errors that are told before the first of them are left out. */
const KEPT_LINES = 20;
/** How much of a log is read for them, from its end. */
const READ_BYTES = 1024 * 1024;

/** What workerd writes. */
export interface RuntimeLog {
  /** Its last errors and warnings. */
  complaints(): string;
}

/**
 * Has the workerd that Miniflare starts next write its log into a file, where no process reads while
 * something is measured. Where there is no shell to do that, Miniflare drops the log, complaints and all.
 */
export function writeLogTo(file: string): RuntimeLog {
  if (process.platform === "win32") {
    return { complaints: () => "" };
  }
  const workerd: { default: string } = createRequire(import.meta.url)("workerd");
  process.env["BENCH_WORKERD"] = workerd.default;
  process.env["BENCH_WORKERD_LOG"] = file;
  process.env["MINIFLARE_WORKERD_PATH"] = join(import.meta.dirname, "workerd-into-file.sh");
  return { complaints: () => complaintsIn(endOf(file)) };
}

/** The messages of errors and warnings in a structured log, the last ones; the rest is left unread. */
export function complaintsIn(log: string): string {
  return log
    .split("\n")
    .filter((line) => /"level":"(error|warn)"/.test(line))
    .slice(-KEPT_LINES)
    .map(messageIn)
    .join("\n");
}

/** A line that was cut in two is told as it is. */
function messageIn(line: string): string {
  try {
    return String(JSON.parse(line).message);
  } catch {
    return line;
  }
}

function endOf(file: string): string {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(Math.min(READ_BYTES, fstatSync(handle).size));
    readSync(handle, bytes, 0, bytes.length, fstatSync(handle).size - bytes.length);
    return bytes.toString();
  } finally {
    closeSync(handle);
  }
}

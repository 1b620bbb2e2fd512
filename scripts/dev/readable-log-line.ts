import { stripVTControlCharacters, styleText } from "node:util";

/** What the server writes for one request, or for one failure. */
interface Entry {
  level: "info" | "error";
  request_id?: string;
  method?: string;
  route?: string;
  status?: number;
  milliseconds?: number;
  contract?: string | null;
  operation?: string | null;
  reason?: string | null;
  error?: Failure;
}

interface Failure {
  name?: string;
  message: string;
  stack?: string[];
  cause?: Failure;
}

/** A line of the server's log as a person reads it. Null for a line that only repeats another. */
export function readableLogLine(line: string): string | null {
  const plain = stripVTControlCharacters(line).trim();
  if (plain === "" || plain.startsWith("[wrangler:info]")) {
    return null;
  }
  const entry = entryIn(plain);
  if (entry?.error) {
    return styleText(
      "red",
      [`failed ${entry.request_id ?? ""}`, ...failure(entry.error)].join("\n"),
    );
  }
  return entry?.method ? request(entry) : line;
}

function entryIn(plain: string): Entry | null {
  const json = /\{"level":.*\}$/.exec(plain)?.[0];
  if (!json) {
    return null;
  }
  try {
    return JSON.parse(json) as Entry;
  } catch {
    return null;
  }
}

function request(entry: Entry): string {
  const status = entry.status ?? 0;
  const colour = status >= 500 ? "red" : status >= 400 ? "yellow" : "green";
  const meaning = [entry.contract, entry.operation, entry.reason].filter(Boolean).join(" · ");
  const time = `${entry.milliseconds} ms`.padStart(8);
  const line = [
    entry.method?.padEnd(6),
    styleText(colour, String(status)),
    styleText("dim", time),
    entry.route,
    meaning && styleText("dim", meaning),
  ];
  return line.filter(Boolean).join("  ");
}

function failure(error: Failure): string[] {
  return [
    `  ${error.name ?? "Error"}: ${error.message}`,
    ...(error.stack ?? []).map((frame) => `    ${frame.trim()}`),
    ...(error.cause ? failure(error.cause) : []),
  ];
}

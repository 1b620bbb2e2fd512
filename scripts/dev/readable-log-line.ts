import { stripVTControlCharacters, styleText } from "node:util";

/** What the server writes for one request, or for one failure. */
interface Entry {
  level: "info" | "error";
  request_id?: string;
  queue?: string;
  method?: string;
  route?: string;
  status?: number;
  milliseconds?: number;
  contract?: string | null;
  operation?: string | null;
  reason?: string | null;
  error?: Failure | string;
}

interface Failure {
  name?: string;
  message: string;
  stack?: string[];
  cause?: Failure;
}

/** A line of the server's log as a person reads it. Null for a line that tells nothing new. */
export function readableLogLine(line: string): string | null {
  const plain = stripVTControlCharacters(line).trim();
  if (plain === "" || plain.startsWith("[wrangler:info]")) {
    return null;
  }
  const entry = entryIn(plain);
  if (entry?.error) {
    return styleText("red", [heading(entry), ...failure(entry.error)].join("\n"));
  }
  if (entry?.route === "/health" && entry.status === 200) {
    return null;
  }
  if (entry?.method) {
    return request(entry);
  }
  return process.stdout.isTTY ? line : stripVTControlCharacters(line);
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

function heading({ request_id, queue }: Entry): string {
  if (queue) {
    return `Failed in the queue ${queue}`;
  }
  return request_id ? `Failed in request ${request_id}` : "Failed";
}

function failure(error: Failure | string): string[] {
  if (typeof error === "string") {
    return [`  ${error}`];
  }
  return [
    `  ${error.name ?? "Error"}: ${error.message}`,
    ...(error.stack ?? []).map((frame) => `    ${frame.trim()}`),
    ...(error.cause ? failure(error.cause) : []),
  ];
}

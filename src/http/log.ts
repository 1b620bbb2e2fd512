import type { Context, Next } from "hono";
import { routePath } from "hono/route";
import type { AppEnv } from "./app-env.ts";

/** What one request leaves in the log. Names and numbers only: never a value that came with it. */
export class LogEntry {
  contract: string | null = null;
  operation: string | null = null;
  /** Why it was refused, if it was. */
  reason: string | null = null;
  readonly #requestId: string;

  constructor(requestId: string) {
    this.#requestId = requestId;
  }

  /** A bug or an outage, with its cause, at the boundary and nowhere else. */
  failed(error: unknown): void {
    write("error", { request_id: this.#requestId, error: describe(error) });
  }

  failedAfterwards(error: unknown): void {
    write("error", { request_id: this.#requestId, after_answer: true, error: describe(error) });
  }

  answered(http: { method: string; route: string; status: number; milliseconds: number }): void {
    const { contract, operation, reason } = this;
    write("info", { request_id: this.#requestId, ...http, contract, operation, reason });
  }
}

/** One line a request. The route's pattern stands for the path, which could carry a code. */
export async function logRequest(http: Context<AppEnv>, next: Next): Promise<void> {
  const begun = Date.now();
  const requestId = http.get("requestId");
  const entry = new LogEntry(requestId);
  http.set("log", entry);
  await next();
  // Not `http.header`, which makes a copy of a finished answer.
  http.res.headers.set("x-request-id", requestId);
  entry.answered({
    method: http.req.method,
    route: routePath(http, -1),
    status: http.res.status,
    milliseconds: Date.now() - begun,
  });
}

/** Writes a structured line. */
export function write(level: "info" | "error", fields: Record<string, unknown>): void {
  // biome-ignore lint/suspicious/noConsole: the console is where a Worker's log goes
  console[level](JSON.stringify({ level, ...fields }));
}

/**
 * Error names, messages and stacks down the chain of causes. A database error repeats its statement
 * and parameters, so only its innermost message is kept.
 */
export function describe(error: unknown): object {
  if (!(error instanceof Error)) {
    return { message: "not an Error" };
  }
  const isQuery = error.name === "DrizzleQueryError" || error.message.startsWith("Failed query");
  return {
    name: error.name,
    message: isQuery ? "query failed" : error.message,
    ...(isQuery || !error.stack ? {} : { stack: error.stack.split("\n").slice(1, 6) }),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) }),
  };
}

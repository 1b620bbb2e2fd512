import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { AppEnv } from "./app-env.ts";
import { type DataPoint, dataPointOf, outcomeOf, type Served } from "./served.ts";
import { serverTiming } from "./server-timing.ts";
import { StoreCalls, storeCalls } from "./store-calls.ts";

/** What is told of one request while it is served. Names and numbers only: never a value that came with it. */
export class LogEntry {
  contract: string | null = null;
  operation: string | null = null;
  /** Why it was refused, if it was. */
  reason: string | null = null;
  /** Whoever asks may see how long it took, and what took it. */
  isForAdministrator = false;
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
}

/** Where it is told what was served. */
export interface Records {
  /** Of requests that went well, one in so many leaves a line. All others do. */
  logOneIn: number;
  /** Takes a point for every request; null for none. */
  analytics: { writeDataPoint(point: DataPoint): void } | null;
}

/** One line a request, and one data point. The route's pattern stands for the path, which could carry a code. */
export function recordRequests({ logOneIn, analytics }: Records): MiddlewareHandler<AppEnv> {
  return async (http, next) => {
    const begun = Date.now();
    const requestId = http.get("requestId");
    const entry = new LogEntry(requestId);
    const calls = new StoreCalls();
    http.set("log", entry);
    await storeCalls.run(calls, next);
    const served = servedBy(http, entry, calls, Date.now() - begun);
    // Not `http.header`, which makes a copy of a finished answer.
    http.res.headers.set("x-request-id", requestId);
    if (entry.isForAdministrator) {
      http.res.headers.set("server-timing", serverTiming(served));
    }
    writeServed({ request_id: requestId, ...served }, served.outcome === "ok", logOneIn);
    analytics?.writeDataPoint(dataPointOf(served, http.var.requester.country));
  };
}

function servedBy(
  http: Context<AppEnv>,
  { contract, operation, reason }: LogEntry,
  { waited }: StoreCalls,
  milliseconds: number,
): Served {
  const { status } = http.res;
  return {
    method: http.req.method,
    route: routePath(http, -1),
    status,
    milliseconds,
    tenant: http.var.tenantId,
    contract,
    operation,
    outcome: outcomeOf(status, reason),
    reason,
    stores: waited,
  };
}

/** Writes the line of something that was served: what went well, only as often as is set. */
export function writeServed(fields: object, wentWell: boolean, oneIn: number): void {
  if (!wentWell || oneIn === 1) {
    write("info", fields);
  } else if (Math.random() * oneIn < 1) {
    write("info", { ...fields, one_in: oneIn });
  }
}

/** Writes a structured line. */
export function write(level: "info" | "error", fields: object): void {
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

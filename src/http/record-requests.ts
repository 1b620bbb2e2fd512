import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { writeServed } from "../log/write-served.ts";
import type { AppEnv } from "./app-env.ts";
import { LogEntry } from "./log-entry.ts";
import { type DataPoint, dataPointOf, outcomeOf, type Served } from "./served.ts";
import { serverTiming } from "./server-timing.ts";
import { StoreCalls, storeCalls } from "./store-calls.ts";

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

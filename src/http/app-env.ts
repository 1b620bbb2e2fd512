import type { Context as HttpContext } from "hono";
import type { Context, Ports } from "../core/ports.ts";
import type { Requester } from "../core/requester.ts";
import type { Terms } from "../core/terms.ts";
import type { LogEntry } from "./log-entry.ts";

/** What every handler finds on its request. */
export interface AppEnv {
  Variables: {
    ports: Ports;
    tenantId: string;
    requester: Requester;
    requestId: string;
    /** Where else than here the forms of this page may lead: an origin or a scheme. */
    formTarget?: string | null;
    /** Whether this page runs a script, from a file. */
    runsScript?: boolean;
    /** The policy of an answer that is none of our pages, in place of theirs. */
    contentPolicy?: string;
    /** Filled while the request is served, written once when it is answered. */
    log: LogEntry;
  };
}

/** The core's view of a request, under the terms of whoever answers it. */
export function contextOf(http: HttpContext<AppEnv>, terms: Terms): Context {
  const { ports, tenantId, requester, log } = http.var;
  return {
    ...ports,
    terms,
    tenantId,
    requester,
    afterwards: (work) =>
      http.executionCtx.waitUntil(
        work.catch((error: unknown) => {
          log.failedAfterwards(error);
        }),
      ),
  };
}

import type { Context } from "hono";
import type { AdminCaller } from "../core/admin/admin-caller.ts";
import type { ResourceCaller } from "../core/caller/caller.ts";
import type { AppEnv } from "./app-env.ts";
import type { Served } from "./served.ts";

/**
 * Shows administrators who are signed in themselves how long they waited. Nobody else: milliseconds
 * can tell what an answer does not say.
 */
export function noteCaller(
  { var: { log } }: Context<AppEnv>,
  caller: ResourceCaller | AdminCaller,
): void {
  log.isForAdministrator =
    "session" in caller && caller.session.scope === null && caller.account.role !== "user";
}

/** What took how long, as browsers and proxies read it. W3C Server Timing. */
export function serverTiming({ milliseconds, stores }: Served): string {
  const waits = Object.entries(stores).map(
    ([store, { calls, milliseconds: took }]) => `${store};dur=${took};desc="${calls} calls"`,
  );
  return [`total;dur=${milliseconds}`, ...waits].join(", ");
}

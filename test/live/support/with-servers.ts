import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NewClient } from "../../../scripts/new-client.ts";
import { say } from "../../../scripts/say.ts";
import { latchkeyVariables } from "./latchkey-variables.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { type Serving, serveWorker } from "./serve-worker.ts";
import { LATCHKEY, preparedState, type Servers, standIn, stateFolder } from "./servers.ts";

interface ToServe {
  /** Workers that may bind to Latchkey. */
  beside: readonly string[];
  /** The clients that it knows. */
  clients: readonly NewClient[];
}

/**
 * Serves Latchkey, and Workers beside it, for as long as `work` takes. What they keep stands in a
 * folder of this run. However it ends, servers and folder are gone afterwards.
 */
export async function withServers<Result>(
  { beside, clients }: ToServe,
  stop: AbortSignal,
  work: (servers: Servers) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-live-"));
  // Workers find each other here: those of this run, and nobody else's.
  process.env["WRANGLER_REGISTRY_PATH"] = join(folder, "registry");
  standIn(join(folder, "0"));
  const done = new AbortController();
  const running: Serving[] = [];
  try {
    say("Preparing a database …");
    await prepareDatabase(stateFolder(), clients, stop);
    cpSync(stateFolder(), preparedState(), { recursive: true });
    const servers: Record<string, string> = {};
    for (const [index, config] of [LATCHKEY, ...beside].entries()) {
      say(`Starting the server of ${config} …`);
      const own = join(folder, String(index));
      mkdirSync(own, { recursive: true });
      const variables = config === LATCHKEY ? latchkeyVariables : () => ({});
      const serving = await serveWorker(
        { config, folder: own, variables },
        AbortSignal.any([stop, done.signal]),
      );
      running.push(serving);
      servers[config] = serving.url;
    }
    return await work(servers);
  } finally {
    done.abort();
    await Promise.all(running.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

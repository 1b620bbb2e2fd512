import { spawn } from "node:child_process";
import { type Servers, serversInEnvironment } from "../test/live/support/servers.ts";
import { withServers } from "../test/live/support/with-servers.ts";
import { exitCode } from "./dev/exit-code.ts";
import type { NewClient } from "./new-client.ts";
import { projectFolder } from "./project-folder.ts";

/** In milliseconds, for a file, however busy the machine is: whoever waits for what never comes fails before. */
const PATIENCE = "--test-timeout=1800000";
/** What of the language the Worker has and Node wants a word for: what secrets look like in base64. */
const LIKE_THE_WORKER = "--js-base-64";

interface Run {
  files: readonly string[];
  /** Workers to serve beside Latchkey, by their wrangler.toml. */
  beside: readonly string[];
  clients: readonly NewClient[];
  /** How many files run at once. */
  atOnce?: number;
  /** What the tests are told beside where the servers are. */
  environment?: NodeJS.Dict<string>;
}

/** Serves Latchkey on data of its own, runs tests against it, and makes their exit code the script's. */
export async function testServed(run: Run, stop: AbortSignal): Promise<void> {
  const code = await withServers(run, stop, (servers) => runTests(run, servers, stop));
  // Whoever broke it off hears of that, not of the tests that had no time.
  stop.throwIfAborted();
  process.exitCode = code;
}

function runTests(
  { files, atOnce = 1, environment }: Run,
  servers: Servers,
  stop: AbortSignal,
): Promise<number> {
  const tests = spawn(
    process.execPath,
    [LIKE_THE_WORKER, "--test", PATIENCE, `--test-concurrency=${atOnce}`, ...files],
    {
      cwd: projectFolder,
      env: { ...process.env, ...environment, ...serversInEnvironment(servers) },
      stdio: "inherit",
    },
  );
  stop.addEventListener("abort", () => tests.kill("SIGTERM"), { once: true });
  return exitCode(tests);
}

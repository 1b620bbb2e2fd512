import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EXAMPLE_API, type Servers, serversInEnvironment } from "../test/live/support/servers.ts";
import { withServers } from "../test/live/support/with-servers.ts";
import { exitCode } from "./dev/exit-code.ts";
import { Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Lets well-known OAuth clients talk to Latchkey over HTTP: serves it on a free port, on data of its
own, with the example API beside it, and runs the tests in test/live against them.

npm run live -- [options] [words]

  [words]            only the test files whose names contain one of them
  --beside <config>  another Worker to serve beside it, by its wrangler.toml; may be given again
  --help             this`;

/** In milliseconds, for a file: whoever waits for what never comes fails. */
const PATIENCE = "--test-timeout=180000";

await runScript(async (stop) => {
  const { values, positionals } = readArguments();
  if (values.help) {
    say(HELP);
    return;
  }
  const files = testFiles(positionals);
  const beside = [EXAMPLE_API, ...values.beside];
  const code = await withServers(beside, stop, (servers) => runTests(files, servers, stop));
  // Whoever broke it off hears of that, not of the tests that had no time.
  stop.throwIfAborted();
  process.exitCode = code;
});

function runTests(files: readonly string[], servers: Servers, stop: AbortSignal): Promise<number> {
  const tests = spawn(process.execPath, ["--test", PATIENCE, ...files], {
    cwd: projectFolder,
    env: { ...process.env, ...serversInEnvironment(servers) },
    stdio: "inherit",
  });
  stop.addEventListener("abort", () => tests.kill("SIGTERM"), { once: true });
  return exitCode(tests);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        beside: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Problem((error as Error).message, `\n${HELP}`, { cause: error });
  }
}

function testFiles(words: readonly string[]): string[] {
  const files = globSync("test/live/*.test.ts", { cwd: projectFolder })
    .sort()
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
  if (files.length === 0) {
    throw new Problem(`No file in test/live has ${words.join(" or ")} in its name.`, `\n${HELP}`);
  }
  return files.map((file) => join(projectFolder, file));
}

import { parseArgs } from "node:util";
import { testClients } from "../test/live/support/test-clients.ts";
import { installIn } from "./install-in.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";
import { testFiles } from "./test-files.ts";
import { testServed } from "./test-served.ts";

const HELP = `Runs latchkey/client in Deno: installs that where it is missing, serves Latchkey on a free port, on
data of its own, and runs the tests in test/deno against it.

npm run test:deno`;

await runScript(async (stop) => {
  const { help } = parseArgs({ options: { help: { type: "boolean", short: "h" } } }).values;
  if (help) {
    say(HELP);
    return;
  }
  await installIn("test/deno", stop);
  const files = testFiles("test/deno", [], HELP);
  await testServed({ files, beside: [], clients: Object.values(testClients) }, stop);
});

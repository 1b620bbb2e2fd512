import { parseArgs } from "node:util";
import { browserClients } from "../test/browser/support/browser-clients.ts";
import { findChromium } from "./find-chromium.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";
import { testFiles } from "./test-files.ts";
import { testServed } from "./test-served.ts";

const HELP = `Goes through the pages as people do, in the Chromium of this machine: serves Latchkey on a free
port, on data of its own, and runs the tests in test/browser against it. Pictures of every page are
left in test/browser/screenshots.

npm run test:browser -- [options] [words]

  [words]              only the test files whose names contain one of them
  --headed             show the browser at work
  --screenshots-only   take the pictures and check nothing
  --help               this`;

await runScript(async (stop) => {
  const { values, positionals } = readArguments();
  if (values.help) {
    say(HELP);
    return;
  }
  const { headed, "screenshots-only": picturesOnly } = values;
  const files = testFiles("test/browser", picturesOnly ? ["every-page"] : positionals, HELP);
  const environment = {
    CHROMIUM: findChromium(),
    ...(headed && { HEADED: "1" }),
    ...(picturesOnly && { SCREENSHOTS_ONLY: "1" }),
  };
  await testServed({ files, beside: [], clients: browserClients, atOnce: 2, environment }, stop);
});

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        headed: { type: "boolean", default: false },
        "screenshots-only": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Problem((error as Error).message, `\n${HELP}`, { cause: error });
  }
}

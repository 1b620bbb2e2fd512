import { browserClients } from "../test/browser/support/browser-clients.ts";
import { findChromium } from "./find-chromium.ts";
import { readArguments } from "./read-options.ts";
import { runScript } from "./run-script.ts";
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

const OPTIONS = {
  headed: { type: "boolean", default: false },
  "screenshots-only": { type: "boolean", default: false },
} as const;

await runScript(async (stop) => {
  const given = readArguments(process.argv.slice(2), OPTIONS, HELP);
  if (!given) {
    return;
  }
  const { headed, "screenshots-only": picturesOnly } = given.values;
  const words = picturesOnly ? ["every-page"] : given.positionals;
  const files = testFiles("test/browser", words, HELP);
  const environment = {
    CHROMIUM: findChromium(),
    ...(headed && { HEADED: "1" }),
    ...(picturesOnly && { SCREENSHOTS_ONLY: "1" }),
  };
  await testServed({ files, beside: [], clients: browserClients, atOnce: 2, environment }, stop);
});

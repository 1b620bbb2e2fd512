import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { measureImport } from "./import/measure-import.ts";
import { importOptions } from "./import/options.ts";
import type { ImportResult } from "./import/result.ts";
import { asPage, asReport } from "./import/tables.ts";
import { loadAverage, refuseBusyMachine } from "./running/refuse-busy-machine.ts";
import { circumstances } from "./speed/circumstances.ts";
import { writeBetween } from "./write-between.ts";

const RESULTS = join("bench", "results", "import.json");
const PAGE = join("docs", "moving.md");

await runScript(async (stop) => {
  const options = importOptions(process.argv.slice(2));
  if (!options) {
    return;
  }
  const { accounts, isWritten, mayBeBusy } = options;
  const before = loadAverage();
  if (isWritten && !mayBeBusy) {
    refuseBusyMachine(before);
  }
  const { hashes, runs } = await measureImport(accounts, stop);
  const { date, machine } = circumstances();
  const load = { before, after: loadAverage() };
  const result: ImportResult = { date, machine, load, hashes, runs };
  say(asReport(result));
  if (isWritten) {
    writeFileSync(join(projectFolder, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
    writeBetween(PAGE, "import", asPage(result));
    say(`\nWritten to ${RESULTS} and ${PAGE}.`);
  }
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Problem } from "../scripts/problem.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { machine } from "./enumeration/machine.ts";
import { BUDGET, budgetOf, overruns, readBudget, writeBudget } from "./size/budget.ts";
import { type Bundle, buildBundle } from "./size/bundle.ts";
import { measureFirstRequests } from "./size/first-request.ts";
import { sizeTables } from "./size/report.ts";
import { profileStartUp } from "./size/start-up.ts";
import { tenths } from "./size/tenths.ts";
import { writeBetween } from "./write-between.ts";

const RESULTS = join("bench", "results", "size.json");
const PAGE = join("docs", "performance.md");
const PROFILES = 15;
const STARTS = 5;

const HELP = `Weighs the Worker as it would be deployed: its bytes by who brings them, the CPU of a start by who
spends it, and the first answer after a start. Writes ${RESULTS} and the tables in ${PAGE}.

npm run size -- [options]

  --set-budget  only write ${BUDGET}: what the bundle weighs now, and 5 % for our own code to grow
  --help        this`;

await runScript(async (stop) => {
  const options = readOptions(process.argv.slice(2), { "set-budget": { type: "boolean" } }, HELP);
  if (!options) {
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "latchkey-size-"));
  try {
    say("Building the Worker …");
    const bundle = await buildBundle(folder, stop);
    if (options["set-budget"]) {
      writeBudget(budgetOf(bundle));
      say(`Written to ${BUDGET}. ${PAGE} has it after: npm run bench:tables`);
      return;
    }
    await measure(bundle, stop);
    refuseOverruns(bundle);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function measure({ folder, ...bundle }: Bundle, stop: AbortSignal): Promise<void> {
  say(`Starting it ${PROFILES} times under the profiler …`);
  const startUp = await profileStartUp(folder, PROFILES, stop);
  say("Asking it right after a start …");
  const firstRequests = await measureFirstRequests(STARTS, stop);
  const [load = 0] = loadavg();
  const report = { ...machine(), load: tenths(load), bundle, startUp, firstRequests };
  const tables = sizeTables(report, readBudget());
  say(`\n${tables}\n`);

  const results = join(projectFolder, RESULTS);
  mkdirSync(dirname(results), { recursive: true });
  writeFileSync(results, `${JSON.stringify(report, null, 2)}\n`);
  writeBetween(PAGE, "size", tables);
  say(`Written to ${RESULTS} and ${PAGE}.`);
}

function refuseOverruns(bundle: Bundle): void {
  const over = overruns(bundle, readBudget());
  if (over.length > 0) {
    throw new Problem(
      `The Worker is over its budget:\n${over.join("\n")}`,
      "If that is meant to be: npm run size -- --set-budget",
    );
  }
}

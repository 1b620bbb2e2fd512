import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../scripts/problem.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { IDLE_LOAD, loadAverage, refuseBusyMachine } from "./running/refuse-busy-machine.ts";
import { circumstances } from "./speed/circumstances.ts";
import { preparePackages } from "./speed/prepare-packages.ts";
import { GOAL_P99_MS, goalOf } from "./storm/goal.ts";
import type { StormResult } from "./storm/result.ts";
import { asPage, asReport } from "./storm/tables.ts";
import { variantNames } from "./storm/variants.ts";
import { wholeNumber } from "./whole-number.ts";
import { writeBetween } from "./write-between.ts";

const RESULTS = join("bench", "results", "storm.json");
const PAGE = join("docs", "performance.md");

const HELP = `Measures whether a storm of sign-ins holds up others in the same isolate.

Builds the Worker as it would be deployed, and without its gate or its giving way. Each is asked to
refresh and for the public keys, first alone and then while many sign in at full strength; then as many
come at once, and come back after the time that they are told. They take turns in rounds, whose answers
count together. A wrong answer or none fails. As it is, p99 is to stay under ${GOAL_P99_MS} ms, on a machine
that does nothing else: nothing is written where its load average is above ${IDLE_LOAD} before.
The figures of a whole run are written to ${RESULTS} and ${PAGE}.

npm run bench:storm -- [options]

  --rounds <n>       how often each is measured; 3 unless told
  --seconds <n>      how long alone, and how long in the storm; 5 unless told
  --connections <n>  how many sign in at once; 50 unless told
  --only <word>      only the variants whose names contain it; nothing is written then
  --no-write         only says what came out
  --busy             writes on a busy machine too
  --help             this

The variants: ${variantNames.join("; ")}.`;

await runScript(async (stop) => {
  const options = readOptions(
    process.argv.slice(2),
    {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "5" },
      connections: { type: "string", default: "50" },
      only: { type: "string", default: "" },
      "no-write": { type: "boolean", default: false },
      busy: { type: "boolean", default: false },
    },
    HELP,
  );
  if (!options) {
    return;
  }
  const pace = {
    rounds: wholeNumber("rounds", options.rounds, HELP),
    seconds: wholeNumber("seconds", options.seconds, HELP),
    connections: wholeNumber("connections", options.connections, HELP),
  };
  const chosen = variantNames.filter((name) => name.includes(options.only));
  if (chosen.length === 0) {
    throw new Problem(`No variant's name contains "${options.only}".`, `\n${HELP}`);
  }
  const isWritten = options.only === "" && !options["no-write"];
  const before = loadAverage();
  if (isWritten && !options.busy) {
    refuseBusyMachine(before);
  }
  await preparePackages(stop);
  const { measureStorm } = await import("./storm/measure-storm.ts");
  const measured = await measureStorm(chosen, pace, stop);
  const { date, machine } = circumstances();
  const result: StormResult = {
    date,
    machine,
    load: { before, after: loadAverage() },
    ...pace,
    goal: goalOf(measured),
    variants: measured,
  };
  say(asReport(result));
  if (isWritten) {
    writeFileSync(join(projectFolder, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
    writeBetween(PAGE, "storm", asPage(result));
    say(`\nWritten to ${RESULTS} and ${PAGE}.`);
  }
});

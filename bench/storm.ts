import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { Problem } from "../scripts/problem.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { circumstances } from "./speed/circumstances.ts";
import { preparePackages } from "./speed/prepare-packages.ts";
import { GOAL_P99_MS, goalOf } from "./storm/goal.ts";
import type { StormResult, VariantResult } from "./storm/result.ts";
import { asPage, asReport } from "./storm/tables.ts";
import { variantNames } from "./storm/variants.ts";
import { writeBetween } from "./write-between.ts";

const RESULTS = join("bench", "results", "storm.json");
const PAGE = join("docs", "performance.md");

const HELP = `Measures whether a storm of sign-ins holds up others in the same isolate.

Builds the Worker as it would be deployed, and without its gate or its giving way. Each is asked to
refresh and for the public keys, first alone and then while many sign in at full strength; then as many
come at once, and come back after the time that they are told. A wrong answer or none fails. As it is,
p99 is to stay under ${GOAL_P99_MS} ms, on a machine that does nothing else.
The figures of a whole run are written to ${RESULTS} and ${PAGE}.

npm run bench:storm -- [options]

  --seconds <n>      how long alone, and how long in the storm; 8 unless told
  --connections <n>  how many sign in at once; 50 unless told
  --only <word>      only the variants whose names contain it; nothing is written then
  --no-write         only says what came out
  --help             this

The variants: ${variantNames.join("; ")}.`;

await runScript(async (stop) => {
  const options = readOptions(
    process.argv.slice(2),
    {
      seconds: { type: "string", default: "8" },
      connections: { type: "string", default: "50" },
      only: { type: "string", default: "" },
      "no-write": { type: "boolean", default: false },
    },
    HELP,
  );
  if (!options) {
    return;
  }
  const pace = {
    seconds: wholeNumber("seconds", options.seconds),
    connections: wholeNumber("connections", options.connections),
  };
  const chosen = variantNames.filter((name) => name.includes(options.only));
  if (chosen.length === 0) {
    throw new Problem(`No variant's name contains "${options.only}".`, `\n${HELP}`);
  }
  await preparePackages(stop);
  const { measureStorm } = await import("./storm/measure-storm.ts");
  const before = load();
  const measured: VariantResult[] = [];
  for (const name of chosen) {
    measured.push(await measureStorm(name, pace, stop));
  }
  const { date, machine } = circumstances();
  const result: StormResult = {
    date,
    machine,
    load: { before, after: load() },
    ...pace,
    goal: goalOf(measured),
    variants: measured,
  };
  say(asReport(result));
  if (options.only === "" && !options["no-write"]) {
    writeFileSync(join(projectFolder, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
    writeBetween(PAGE, "storm", asPage(result));
    say(`\nWritten to ${RESULTS} and ${PAGE}.`);
  }
});

/** How many processes wanted to run, on average over a minute. */
function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2));
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) {
    throw new Problem(`--${name} must be a whole number above 0.`, `\n${HELP}`);
  }
  return value;
}

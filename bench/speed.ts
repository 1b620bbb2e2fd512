import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../scripts/problem.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import type { Pace } from "./running/measure.ts";
import { chart } from "./speed/chart.ts";
import { circumstances } from "./speed/circumstances.ts";
import { drawnRatios } from "./speed/drawn-ratios.ts";
import { asPage } from "./speed/page.ts";
import { preparePackages } from "./speed/prepare-packages.ts";
import { putIn } from "./speed/put-in.ts";
import type { SpeedResult } from "./speed/result.ts";
import { works } from "./speed/works.ts";
import { writeBetween } from "./write-between.ts";

const RESULTS = join("bench", "results", "speed.json");
const PAGE = join("docs", "performance.md");
const CHART = join("docs", "performance.svg");

const HELP = `Measures how fast Latchkey is, beside its peers and beside what cannot be done with less.

Builds the Worker as it would be deployed and runs it and the others on one workerd each, on this
machine. One is asked at a time, in rounds of another order each. A wrong answer fails.
The figures of a whole run are written to ${RESULTS} and ${PAGE}; those of a part of it
take the place of its own, where the rest was measured on the same day, machine and terms.

npm run bench -- [options]

  --rounds <n>       how often each is measured; 5 unless told
  --seconds <n>      how long in each round, after a warm-up; 2 unless told
  --only <word>      only the works whose names contain it
  --connections <n>  how many ask at once; 16 unless told
  --help             this

The works: ${works.map(({ name }) => name).join("; ")}.`;

await runScript(async (stop) => {
  const options = readOptions(
    process.argv.slice(2),
    {
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "2" },
      only: { type: "string", default: "" },
      connections: { type: "string", default: "16" },
    },
    HELP,
  );
  if (!options) {
    return;
  }
  const pace: Pace = {
    rounds: readNumber("rounds", options.rounds, Number.isInteger),
    seconds: readNumber("seconds", options.seconds, Number.isFinite),
    connections: readNumber("connections", options.connections, Number.isInteger),
  };
  const chosen = works.filter(({ name }) => name.includes(options.only));
  if (chosen.length === 0) {
    throw new Problem(`No work's name contains "${options.only}".`, `\n${HELP}`);
  }
  await preparePackages(stop);
  const { measureAll } = await import("./running/measure-all.ts");
  const results = await measureAll(chosen, pace, stop);
  const measured = { ...circumstances(), ...pace, works: results };
  const result = options.only === "" ? measured : withTheRest(measured);
  if (result) {
    write(result);
  } else {
    say(`\nNot written: ${RESULTS} has none of the same day, machine and terms.`);
  }
});

function withTheRest(part: SpeedResult): SpeedResult | null {
  const path = join(projectFolder, RESULTS);
  return existsSync(path) ? putIn(JSON.parse(readFileSync(path, "utf8")), part) : null;
}

function write(result: SpeedResult): void {
  mkdirSync(join(projectFolder, "bench", "results"), { recursive: true });
  writeFileSync(join(projectFolder, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(projectFolder, CHART), chart(drawnRatios(result.works)));
  writeBetween(PAGE, "speed", asPage(result));
  say(`\nWritten to ${RESULTS}, ${PAGE} and ${CHART}.`);
}

function readNumber(name: string, text: string, isFine: (value: number) => boolean): number {
  const value = Number(text);
  if (!isFine(value) || value <= 0) {
    throw new Problem(`--${name} must be a number above 0.`, `\n${HELP}`);
  }
  return value;
}

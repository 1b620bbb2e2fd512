import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../scripts/problem.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { compare, type EntranceReport, report } from "./enumeration/compare.ts";
import { entrances } from "./enumeration/entrances.ts";
import { LEAST_MS } from "./enumeration/limits.ts";
import { machine } from "./enumeration/machine.ts";
import { CONTROL, UNKNOWN } from "./enumeration/people.ts";
import { sample } from "./enumeration/sample.ts";
import { SETTINGS, whileServed } from "./enumeration/while-served.ts";

const RESULTS = join("bench", "results", "enumeration.json");
const LEAST_SAMPLES = 10;

const HELP = `Measures whether the time of an answer tells if an address has an account, and in what state.

Serves the Worker as it would be deployed, with passwords hashed at full strength, on data of its own.
Each entrance is asked for addresses of every group in random order, one at a time. A difference of
medians to addresses without an account that is both significant and over ${LEAST_MS} ms fails, but for
hashes of other systems: those are shown.
The figures are written to ${RESULTS}.

npm run bench:enumeration -- [options]

  --samples <n>      how often each group is asked for at each entrance; 200 unless told
  --entrance <word>  only the entrances whose names contain it; nothing is written then
  --help             this`;

await runScript(async (stop) => {
  const options = readOptions(
    process.argv.slice(2),
    { samples: { type: "string", default: "200" }, entrance: { type: "string", default: "" } },
    HELP,
  );
  if (!options) {
    return;
  }
  const samples = readSamples(options.samples);
  const chosen = entrances.filter(({ name }) => name.includes(options.entrance));
  const reports: EntranceReport[] = [];
  await whileServed({ accounts: samples }, stop, async (url) => {
    for (const entrance of chosen) {
      const times = await sample(url, entrance, samples, stop);
      const measured = compare(entrance, times);
      report(measured);
      reports.push(measured);
    }
  });
  if (options.entrance === "") {
    write({ ...machine(), samples, settings: SETTINGS, entrances: reports });
  }
  refuseTelling(reports);
});

function readSamples(text: string): number {
  const samples = Number(text);
  if (!Number.isInteger(samples) || samples < LEAST_SAMPLES) {
    throw new Problem(`--samples must be a whole number from ${LEAST_SAMPLES} on.`, `\n${HELP}`);
  }
  return samples;
}

function write(results: object): void {
  const file = join(projectFolder, RESULTS);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  say(`\nWritten to ${RESULTS}.`);
}

function refuseTelling(reports: readonly EntranceReport[]): void {
  const shownOnly = entrances.filter(({ isShownOnly }) => isShownOnly).map(({ name }) => name);
  const held = reports.filter(({ entrance }) => !shownOnly.includes(entrance));
  const measured = held.flatMap(({ entrance, groups }) =>
    groups.map(({ group, tells }) => ({ name: `${entrance}: ${group}`, tells })),
  );
  const telling = measured.filter(({ tells }) => tells).map(({ name }) => name);
  if (telling.length > 0) {
    throw new Problem(
      `The time of an answer tells of ${telling.length} of ${measured.length} groups:\n${telling.join("\n")}`,
      `Run it again on a machine that is quiet. "${CONTROL}" is like "${UNKNOWN}": if it is told apart as well, it was not.`,
    );
  }
}

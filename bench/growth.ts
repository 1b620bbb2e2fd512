import { Problem } from "../scripts/problem.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { document, RESULTS } from "./growth/document.ts";
import { growthTables } from "./growth/tables.ts";
import { preparePackages } from "./speed/prepare-packages.ts";

const HELP = `Measures whether Latchkey gets slower as accounts and sessions become many.

Builds the Worker as it would be deployed, and fills its local database further and further. At each
size it signs people in, refreshes, asks who is signed in, lists sessions and cleans up, one request
at a time; then it has many devices wait at once. A wrong answer fails. A password's hash costs
nothing here. The figures are written to ${RESULTS} and docs/performance.md.

npm run bench:growth -- [options]

  --sizes <n,…>      how many accounts, each with a session; 1,1000,100000,1000000 unless told
  --devices <n,…>    how many device grants at once; 1000,10000 unless told
  --requests <n>     how many of each kind at each size; 300 unless told
  --no-write         only says what came out
  --help             this`;

await runScript(async (stop) => {
  const options = readOptions(
    process.argv.slice(2),
    {
      sizes: { type: "string", default: "1,1000,100000,1000000" },
      devices: { type: "string", default: "1000,10000" },
      requests: { type: "string", default: "300" },
      "no-write": { type: "boolean", default: false },
    },
    HELP,
  );
  if (!options) {
    return;
  }
  const plan = {
    sizes: numbersIn("sizes", options.sizes),
    devices: numbersIn("devices", options.devices),
    requests: numbersIn("requests", options.requests)[0] ?? 1,
  };
  await preparePackages(stop);
  const { measureGrowth } = await import("./growth/measure-growth.ts");
  const result = await measureGrowth(plan, stop);
  say(growthTables(result));
  if (!options["no-write"]) {
    document(result);
    say(`Written to ${RESULTS} and docs/performance.md.`);
  }
});

/** Whole numbers above 0, each more than the one before. */
function numbersIn(name: string, text: string): number[] {
  const numbers = text.split(",").map(Number);
  const areFine = numbers.every(
    (number, index) => Number.isInteger(number) && number > (numbers[index - 1] ?? 0),
  );
  if (!areFine) {
    throw new Problem(`--${name} must be whole numbers above 0 that grow, such as 1,1000.`, "");
  }
  return numbers;
}

import { randomInt } from "node:crypto";
import { fuzzRound } from "./fuzz/fuzz-round.ts";
import { MAX_SEED, readWhole } from "./fuzz/read-whole.ts";
import { readOptions } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Sends every endpoint and token reader what nobody would send, at random: the tests in test/fuzz, of
which npm test tries the same inputs every time.

npm run fuzz -- [options]

  --minutes <n>  begin rounds, each with a seed of its own, until so many have passed; one round unless told
  --seed <n>     the seed of the first round: the same inputs again
  --help         this`;

const OPTIONS = { minutes: { type: "string" }, seed: { type: "string" } } as const;
const MAX_MINUTES = 7 * 24 * 60;

await runScript(async (stop) => {
  const values = readOptions(process.argv.slice(2), OPTIONS, HELP);
  if (!values) {
    return;
  }
  const minutes = readWhole("--minutes", values.minutes, { max: MAX_MINUTES, help: HELP }) ?? 0;
  const first = readWhole("--seed", values.seed, { max: MAX_SEED, help: HELP });
  const begun = performance.now();
  const passed = () => (performance.now() - begun) / 60_000;
  let inputs = 0;
  for (let round = 1; round === 1 || passed() < minutes; round++) {
    const seed = first !== null && round === 1 ? first : randomInt(MAX_SEED + 1);
    const { figure, failures } = await fuzzRound(seed, stop);
    inputs += figure;
    const sum = `${inputs.toLocaleString("en")} inputs in ${passed().toFixed(1)} min`;
    say(
      `round ${round}, seed ${seed}: ${failures.length === 0 ? "nothing found" : "FAILED"}; ${sum}`,
    );
    if (failures.length > 0) {
      say(`\n${failures.join("\n\n")}\n\nAgain: npm run fuzz -- --seed ${seed}`);
      process.exitCode = 1;
      return;
    }
  }
});

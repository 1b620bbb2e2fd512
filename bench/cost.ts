import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../scripts/problem.ts";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { betterAuthFlows } from "./cost/better-auth-flows.ts";
import { CountedService, type Running } from "./cost/counted-service.ts";
import type { Flow } from "./cost/flow.ts";
import { latchkeyFlows } from "./cost/latchkey-flows.ts";
import { type Effort, type Measured, measure, measureIdle } from "./cost/measure.ts";
import { report } from "./cost/report.ts";
import type { Results } from "./cost/results.ts";
import { scalingReport } from "./cost/scaling-report.ts";
import { startLatchkey } from "./cost/start-latchkey.ts";
import type { Counts } from "./cost/worker/counts.ts";
import { machine } from "./enumeration/machine.ts";
import { preparePackages } from "./speed/prepare-packages.ts";
import { writeBetween } from "./write-between.ts";

const RESULTS = join("bench", "results", "cost.json");
const IDLE_TIMES = 500;

const HELP = `Counts what each flow asks of Cloudflare by running it, and reckons what that costs.

Serves the Worker as it would be deployed, passwords hashed at full strength, with its bindings counted;
and better-auth in the same way. The counts are written to ${RESULTS}, the tables to docs/cost.md and docs/scaling.md.

npm run cost -- [options]

  --repeat <n>   how often each flow is repeated to see what it computes; 120 unless told; an eighth of that where it takes long
  --reckon       only reckon anew, from the counts of the last time
  --help         this`;

await runScript(async (stop) => {
  const options = readOptions(
    process.argv.slice(2),
    { repeat: { type: "string", default: "120" }, reckon: { type: "boolean", default: false } },
    HELP,
  );
  if (!options) {
    return;
  }
  const results = options.reckon ? read() : await count(readRepeat(options.repeat), stop);
  write(results);
  const told = report(results);
  writeBetween(join("docs", "cost.md"), "cost", told);
  writeBetween(join("docs", "scaling.md"), "scaling", scalingReport(results.latchkey));
  say(`\n${told}\n\nWritten to ${RESULTS}, docs/cost.md and docs/scaling.md.`);
});

function readRepeat(text: string): number {
  const repeat = Number(text);
  if (!Number.isInteger(repeat) || repeat < 1) {
    throw new Problem("--repeat must be a whole number from 1 on.", `\n${HELP}`);
  }
  return repeat;
}

async function count(repeated: number, stop: AbortSignal): Promise<Results> {
  const effort = {
    counted: 3,
    repeated,
    repeatedDear: Math.ceil(repeated / 8),
    hasLatchkeysTables: true,
  };
  const others = { ...effort, hasLatchkeysTables: false };
  await preparePackages(stop);
  say("Building and starting Latchkey …");
  const latchkey = await measureAll(() => startLatchkey(stop), latchkeyFlows, effort, stop);
  refuseBlindness(latchkey);
  say("Starting better-auth …");
  const betterAuth = await measureAll(await betterAuthStarter(), betterAuthFlows, others, stop);
  return { ...machine(), repeated, latchkey, betterAuth };
}

/** Nobody lists keys. Everything else some flow asks for: what was never seen is not counted by this runtime. */
function refuseBlindness(measured: readonly Measured[]): void {
  const { kvLists: _, ...expected } = measured[0]?.counts ?? ({} as Counts);
  const unseen = (Object.keys(expected) as (keyof Counts)[]).filter((name) =>
    measured.every(({ counts }) => counts[name] === 0),
  );
  if (unseen.length > 0) {
    throw new Problem(
      `Of all flows none was seen to ask for ${unseen.join(", ")}.`,
      "The runtime has changed how it is asked: see bench/cost/worker/count-stores.ts and count-objects.ts.",
    );
  }
}

async function measureAll(
  start: () => Promise<Running>,
  flowsOf: (service: CountedService) => Promise<Flow[]>,
  effort: Effort,
  stop: AbortSignal,
): Promise<Measured[]> {
  const running = await start();
  try {
    const service = new CountedService(running);
    const idle = await measureIdle(service, IDLE_TIMES);
    const all: Measured[] = [];
    for (const flow of await flowsOf(service)) {
      stop.throwIfAborted();
      say(flow.name);
      all.push(await measure(service, flow, effort, idle));
    }
    return all;
  } finally {
    await running.stop();
  }
}

/** By its path: the project's own check has no packages to look into it with. */
async function betterAuthStarter(): Promise<() => Promise<Running>> {
  const module = join(import.meta.dirname, "peers", "better-auth", "start-counted.ts");
  const { startCountedBetterAuth } = await import(module);
  return startCountedBetterAuth;
}

function read(): Results {
  const file = join(projectFolder, RESULTS);
  if (!existsSync(file)) {
    throw new Problem("Nothing was counted yet.", "Count first: npm run cost");
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

function write(results: Results): void {
  const file = join(projectFolder, RESULTS);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

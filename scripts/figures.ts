import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  type CountedTest,
  figureTables,
  type GroupFigures,
  groupFigures,
} from "./figures/figure-tables.ts";
import { projectFolder } from "./project-folder.ts";
import { readOptions } from "./read-options.ts";
import { requirementLedger } from "./requirement-ledger.ts";
import { runScript } from "./run-script.ts";

const PAGE = "docs/security.md";
const ROWS = "bench/results/tests.json";
const BETWEEN = /(<!-- figures:.*-->\n)[\s\S]*(<!-- \/figures -->)/;

/** How alike addresses answer, from the last run of the bench: at each entrance the group that differs most. */
export function enumerationTable({ samples, machine, entrances }: Measured): string {
  const rows = entrances.map(({ entrance, groups }) => {
    const [unknown] = groups;
    const far = groups.toSorted((a, b) => Math.abs(b.differenceMs) - Math.abs(a.differenceMs))[0];
    return [
      `\`${entrance}\``,
      `${unknown?.medianMs} ms`,
      far?.group,
      `${far?.differenceMs} ms`,
      `${far?.intervalMs.join(" to ")} ms`,
      far?.p,
    ];
  });
  const lines = [
    ["entrance", "no account", "differs most", "by", "95 % within", "p"],
    ["---", "---:", "---", "---:", "---:", "---:"],
    ...rows,
  ];
  const table = lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
  return `Medians of ${samples} answers a group, as \`npm run bench:enumeration\` measured them (${machine.cores} cores, ${machine.platform}, workerd ${machine.workerd}):\n\n${table}\n`;
}

/** What of bench/results/enumeration.json is told. */
interface Measured {
  samples: number;
  machine: { cores: number; platform: string; workerd: string };
  entrances: readonly {
    entrance: string;
    groups: readonly {
      group: string;
      medianMs: number;
      differenceMs: number;
      intervalMs: readonly [number, number];
      p: number;
    }[];
  }[];
}

/** Runs the tests. Their progress goes to the terminal; a failure ends the script. */
function runTests(output: string): void {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${output}`];
  execFileSync("vitest", ["run", ...reporters], { cwd: projectFolder, stdio: "inherit" });
}

interface FileResult {
  name: string;
  assertionResults: Omit<CountedTest, "file">[];
}

function readTests(output: string): CountedTest[] {
  const { testResults } = JSON.parse(readFileSync(output, "utf8"));
  return testResults.flatMap(({ name, assertionResults }: FileResult) => {
    const file = relative(join(projectFolder, "test"), name).replace(/\.test\.tsx?$/, "");
    return assertionResults.map((test) => ({ ...test, file }));
  });
}

/** Null where nothing was measured yet. */
function readBench(): Measured | null {
  const file = "bench/results/enumeration.json";
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

function requirementCounts(): string {
  const { requirements } = requirementLedger();
  const proved = [...requirements.values()].filter((files) => files > 0).length;
  return `Of ${requirements.size} requirements ${proved} are proved by tests, ${requirements.size - proved} do not apply.\n`;
}

const READING = `By the files of \`test\`, of tests that passed: a fault that was not survived, or a race with two winners, fails its test. What each group of tests counted is in \`${ROWS}\`.\n`;

/** What the page says of a run, of the bench and of how many requirements are proved. */
export function figures(groups: readonly GroupFigures[]): string {
  const measured = readBench();
  return [
    requirementCounts(),
    READING,
    figureTables(groups),
    ...(measured ? [enumerationTable(measured)] : []),
  ].join("\n");
}

const HELP = `Runs the tests, and writes what they counted and what the bench measured into ${PAGE};
what each group of tests counted into ${ROWS}.

npm run figures -- [options]

  --results <file>  what a run has written already (vitest --reporter=json): nothing is run
  --help            this`;

if (import.meta.main) {
  await runScript(async () => {
    const values = readOptions(process.argv.slice(2), { results: { type: "string" } }, HELP);
    if (!values) {
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), "figures-"));
    try {
      const results = values.results ?? join(folder, "results.json");
      if (!values.results) {
        runTests(results);
      }
      const groups = groupFigures(readTests(results));
      writeFileSync(ROWS, `${JSON.stringify(groups, null, 2)}\n`);
      const told = figures(groups);
      const page = readFileSync(PAGE, "utf8");
      writeFileSync(
        PAGE,
        page.replace(BETWEEN, (_, begin, end) => `${begin}\n${told}\n${end}`),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "./project-folder.ts";
import { readOptions } from "./read-options.ts";
import { requirementLedger } from "./requirement-ledger.ts";
import { runScript } from "./run-script.ts";

const PAGE = "docs/security.md";
const BETWEEN = /(<!-- figures:.*-->\n)[\s\S]*(<!-- \/figures -->)/;

/** A test that counts what it does, as vitest's JSON reporter has it. */
export interface CountedTest {
  ancestorTitles: readonly string[];
  title: string;
  status: string;
  meta: { figures?: Figures };
}

type Figures = Readonly<Record<string, number>>;

/** What a run of the tests counted, a row for each group of tests. Those that count the same share a table. */
export function figureTables(tests: readonly CountedTest[]): string {
  const byGroup = new Map<string, Figures>();
  for (const { ancestorTitles, title, status, meta } of tests) {
    if (meta.figures && status === "passed") {
      const group = ancestorTitles.join(" › ") || title;
      byGroup.set(group, sum([byGroup.get(group) ?? {}, meta.figures]));
    }
  }
  const byHead = Map.groupBy(byGroup, ([, figures]) => Object.keys(figures).sort().join(" | "));
  return [...byHead]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([head, rows]) => figureTable(head.split(" | "), rows))
    .join("\n");
}

function sum(all: readonly Figures[]): Figures {
  const total: Record<string, number> = {};
  for (const [name, count] of all.flatMap(Object.entries<number>)) {
    total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

function figureTable(names: readonly string[], rows: readonly [string, Figures][]): string {
  const cells = (figures: Figures) => names.map((name) => figures[name] ?? 0);
  const lines = [
    ["tests", ...names],
    ["---", ...names.map(() => "---:")],
    ...rows.map(([group, figures]) => [group, ...cells(figures)]),
    ["**together**", ...cells(sum(rows.map(([, figures]) => figures)))],
  ];
  return `${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n`;
}

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

function readTests(output: string): CountedTest[] {
  const { testResults } = JSON.parse(readFileSync(output, "utf8"));
  return testResults.flatMap((file: { assertionResults: CountedTest[] }) => file.assertionResults);
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

/** What the page says of a run whose results lie in that file. */
function figures(results: string): string {
  const measured = readBench();
  return [
    requirementCounts(),
    figureTables(readTests(results)),
    ...(measured ? [enumerationTable(measured)] : []),
  ].join("\n");
}

const HELP = `Runs the tests, and writes what they counted and what the bench measured into ${PAGE}.

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
      const told = figures(results);
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

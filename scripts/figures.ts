import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "./project-folder.ts";
import { requirementLedger } from "./requirement-ledger.ts";
import { runScript } from "./run-script.ts";

const PAGE = "docs/security.md";
const BETWEEN = /(<!-- figures:.*-->\n)[\s\S]*(<!-- \/figures -->)/;

/** A test that counts what it does, as vitest's JSON reporter has it. */
export interface CountedTest {
  fullName: string;
  status: string;
  meta: { figures?: Readonly<Record<string, number>> };
}

/** What a run of the tests counted, as tables: tests that count the same things share one. */
export function figureTables(tests: readonly CountedTest[]): string {
  const counted = tests.flatMap(({ fullName, status, meta: { figures } }) =>
    figures && status === "passed" ? [{ fullName, figures }] : [],
  );
  const byHead = Map.groupBy(counted, ({ figures }) => Object.keys(figures).sort().join(" | "));
  return [...byHead]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([head, rows]) => figureTable(head.split(" | "), rows))
    .join("\n");
}

interface Row {
  fullName: string;
  figures: Readonly<Record<string, number>>;
}

function figureTable(names: readonly string[], rows: readonly Row[]): string {
  const cells = rows.map(({ fullName, figures }) => [
    fullName,
    ...names.map((name) => figures[name] ?? 0),
  ]);
  const totals = names.map((name) =>
    rows.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0),
  );
  const lines = [
    ["test", ...names],
    ["---", ...names.map(() => "---:")],
    ...cells,
    ["**together**", ...totals],
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

/** Runs every test that counts something. Their progress goes to the terminal; a failure ends the script. */
function runCountingTests(output: string): void {
  const files = globSync("test/**/*.test.ts").filter((path) =>
    readFileSync(path, "utf8").includes("support/figures.ts"),
  );
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${output}`];
  execFileSync("vitest", ["run", ...reporters, ...files], { cwd: projectFolder, stdio: "inherit" });
}

function readTests(output: string): CountedTest[] {
  const { testResults } = JSON.parse(readFileSync(output, "utf8"));
  return testResults.flatMap((file: { assertionResults: CountedTest[] }) => file.assertionResults);
}

function readBench(): Measured {
  return JSON.parse(readFileSync("bench/results/enumeration.json", "utf8"));
}

function requirementCounts(): string {
  const { requirements } = requirementLedger();
  const proved = [...requirements.values()].filter((files) => files > 0).length;
  return `Of ${requirements.size} requirements ${proved} are proved by tests, ${requirements.size - proved} do not apply.\n`;
}

if (import.meta.main) {
  await runScript(async () => {
    const folder = mkdtempSync(join(tmpdir(), "figures-"));
    const [results = join(folder, "results.json")] = process.argv.slice(2);
    try {
      if (process.argv.length === 2) {
        runCountingTests(results);
      }
      const tables = [figureTables(readTests(results)), enumerationTable(readBench())];
      const figures = `\n${requirementCounts()}\n${tables.join("\n")}\n`;
      const page = readFileSync(PAGE, "utf8");
      writeFileSync(
        PAGE,
        page.replace(BETWEEN, (_, begin, end) => `${begin}${figures}${end}`),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

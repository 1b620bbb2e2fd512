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

/** Runs every test that counts something. Their progress goes to the terminal; a failure ends the script. */
function runCountingTests(): CountedTest[] {
  const folder = mkdtempSync(join(tmpdir(), "figures-"));
  const output = join(folder, "results.json");
  const files = globSync("test/**/*.test.ts").filter((path) =>
    readFileSync(path, "utf8").includes("support/figures.ts"),
  );
  try {
    execFileSync(
      "vitest",
      ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${output}`, ...files],
      {
        cwd: projectFolder,
        stdio: "inherit",
      },
    );
    const { testResults } = JSON.parse(readFileSync(output, "utf8"));
    return testResults.flatMap(
      ({ assertionResults }: { assertionResults: CountedTest[] }) => assertionResults,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function requirementCounts(): string {
  const { requirements } = requirementLedger();
  const proved = [...requirements.values()].filter((files) => files > 0).length;
  return `Of ${requirements.size} requirements ${proved} are proved by tests, ${requirements.size - proved} do not apply.\n`;
}

if (import.meta.main) {
  await runScript(async () => {
    const tables = figureTables(runCountingTests());
    const figures = `\n${requirementCounts()}\n${tables}\n`;
    const page = readFileSync(PAGE, "utf8");
    writeFileSync(
      PAGE,
      page.replace(BETWEEN, (_, begin, end) => `${begin}${figures}${end}`),
    );
  });
}

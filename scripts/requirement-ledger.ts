import { globSync, readFileSync, writeFileSync } from "node:fs";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";

const PAGE = "docs/security.md";
/** `| DEV-14 | what is required | where it stands | what proves it |` */
const ROW = /^\| ([A-Z]{2,3}-\d{2}) \| (.+) \| (.+) \| ?(.*?) ?\|$/gm;
/** A requirement that is written off by hand, with the reason. */
const DOES_NOT_APPLY = /^does not apply: \S/;
/** A title begins with the requirement that its test proves, or with several. */
const TITLE = /["'`]((?:[A-Z]{2,3}-\d{2}, )*[A-Z]{2,3}-\d{2}): /g;
/** One that begins like that and has no colon would prove nothing, and nobody would notice. */
const TITLE_WITHOUT_COLON = /\(\s*["'`]([A-Z]{2,3}-\d{2})\b(?!(?:, [A-Z]{2,3}-\d{2})*: )[^"'`\n]*/g;
const ID = /[A-Z]{2,3}-\d{2}/g;

export interface RequirementLedger {
  text: string;
  /** By id: how many test files prove it, none where it does not apply. */
  requirements: ReadonlyMap<string, number>;
  /** What is missing: a requirement without a test or a reason, a test of a requirement that there is not. */
  missing: string[];
}

/** The page with the tests that prove each requirement in its last column. */
export function requirementLedger(
  page = readFileSync(PAGE, "utf8"),
  sources = testSources(),
): RequirementLedger {
  const tests = filesByRequirement(sources);
  const requirements = new Map<string, number>();
  const missing: string[] = [];
  const text = page.replace(ROW, (_, id: string, what: string, source: string, last: string) => {
    const files = tests.get(id) ?? [];
    const isOff = DOES_NOT_APPLY.test(last);
    requirements.set(id, files.length);
    if (isOff === files.length > 0) {
      missing.push(isOff ? `${id} does not apply, and has a test` : `${id} is proved by no test`);
    }
    return `| ${id} | ${what} | ${source} | ${isOff ? last : listed(files)} |`;
  });
  const unknown = [...tests.keys()].filter((id) => !requirements.has(id));
  return {
    text,
    requirements,
    missing: [...missing, ...unknown.map(isUnknown), ...withoutColon(sources)],
  };
}

type Sources = ReadonlyMap<string, string>;

/** The text of every file with tests by its path; tests that several share stand in what they share. */
function testSources(): Sources {
  const paths = globSync(["test/**/*.{ts,tsx}", "{scripts,bench}/**/*.test.ts"]).sort();
  return new Map(paths.map((path) => [path.replaceAll("\\", "/"), readFileSync(path, "utf8")]));
}

/** The files that have a test of each requirement, in order. */
function filesByRequirement(sources: Sources): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const [path, source] of sources) {
    const titles = source.matchAll(TITLE);
    for (const id of new Set([...titles].flatMap(([, ids = ""]) => ids.match(ID) ?? []))) {
      files.set(id, [...(files.get(id) ?? []), path]);
    }
  }
  return files;
}

function withoutColon(sources: Sources): string[] {
  return [...sources].flatMap(([path, source]) =>
    [...source.matchAll(TITLE_WITHOUT_COLON)].map(
      ([, id]) => `${id} has a test in ${path} whose title has no colon after it`,
    ),
  );
}

function listed(paths: readonly string[]): string {
  return paths.map((path) => `\`${path.replace(/^test\/|(\.test)?\.tsx?$/g, "")}\``).join("<br>");
}

function isUnknown(id: string): string {
  return `${id} has a test, and is no requirement`;
}

if (import.meta.main) {
  await runScript(async () => {
    const { text, missing } = requirementLedger();
    writeFileSync(PAGE, text);
    if (missing.length > 0) {
      throw new Problem(
        missing.join("\n"),
        `Begin a test's title with the id, or say in ${PAGE} why not.`,
      );
    }
  });
}

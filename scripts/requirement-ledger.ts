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
  tests = testTitles(),
): RequirementLedger {
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
  return { text, requirements, missing: [...missing, ...unknown.map(isUnknown)] };
}

/** The files that have a test of each requirement, in order; tests that several share stand in what they share. */
function testTitles(): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const path of globSync(["test/**/*.{ts,tsx}", "{scripts,bench}/**/*.test.ts"]).sort()) {
    const titles = readFileSync(path, "utf8").matchAll(TITLE);
    for (const id of new Set([...titles].flatMap(([, ids = ""]) => ids.match(ID) ?? []))) {
      files.set(id, [...(files.get(id) ?? []), path.replaceAll("\\", "/")]);
    }
  }
  return files;
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

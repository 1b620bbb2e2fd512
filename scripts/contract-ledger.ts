import { globSync, readFileSync, writeFileSync } from "node:fs";
import { type Reason, Refused } from "../src/core/refused.ts";
import { surfaces } from "../src/surfaces/index.ts";
import type { Surface, Wording } from "../src/surfaces/surface.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";

const LEDGER = "docs/contracts.md";
/** `<!-- lnchr urls: … -->` and what stands there until the mark that closes it. */
const GENERATED = /(<!-- (\w+) (urls|refusals)[^>]*-->\n)[\s\S]*?(<!-- \/\2 \3 -->)/g;
/** A test as rules name it: its file below `test/`, and its title behind those of its groups. */
const PROOF = /^`([\w/.-]+)`: (.+)$/;
/** What a file imports it does not say. */
const IMPORTS = /^import [^;]*;$/gm;

/** Suites that hold every row of every contract to the contract's own words for a reason. */
const SHARED: Partial<Record<Reason, string>> = {
  unauthenticated: "surfaces/guarded-rows",
  access_token_invalid: "surfaces/guarded-rows",
  insufficient_scope: "surfaces/guarded-rows",
  password_change_required: "surfaces/guarded-rows",
  invalid_request: "surfaces/field-problems",
  unsupported_media_type: "surfaces/bad-input",
  body_too_large: "surfaces/bad-input",
  method_not_allowed: "surfaces/wrong-methods",
};
/** What reasons say about a field. Some contracts say just that, and their own text never. */
const BLAME: Partial<Record<Reason, string>> = {
  invalid_request: "is required",
  weak_password: "is among the first that anyone would try; choose another",
  password_unchanged: "must be another one than before",
};

/** The tests and what they share, by path. */
const sources = new Map(
  globSync(["test/**/*.{ts,tsx}", "scripts/**/*.test.ts"])
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => [path, readFileSync(path, "utf8").replace(IMPORTS, "")]),
);

/**
 * The ledger with its tables as the contracts' own tables have them, and whatever in it no test
 * proves: a URL, a refusal or a rule.
 */
export function contractLedger(ledger = readFileSync(LEDGER, "utf8")): {
  text: string;
  unproved: string[];
} {
  const text = ledger.replace(GENERATED, (_, begin, name, what, end) => {
    const surface = surfaceOf(name);
    const table = what === "urls" ? urlTable(surface) : refusalTable(surface);
    return `${begin}\n${table}\n${end}`;
  });
  return { text, unproved: [...missingTables(text), ...unprovedRows(text)] };
}

function surfaceOf(name: string): Surface {
  const surface = surfaces.find(({ terms }) => terms.contract === name);
  if (!surface) {
    throw new Error(`${LEDGER} has a table of ${name}, which is no contract`);
  }
  return surface;
}

function urlTable({ bases: [base, ...others], routes }: Surface): string {
  const rows = Object.entries(routes).map(([operation, [endpoint, audience, , status]]) => [
    `\`${endpoint}\``,
    operation,
    audience,
    status,
    listed(testsOfEndpoint(endpoint)),
  ]);
  const also = others.map((other) => `What is under \`${base}\` is under \`${other}\` too.\n`);
  return [...also, table(["URL", "operation", "for", "success", "tests"], rows)].join("\n");
}

/** Test files with a group of tests about exactly this endpoint. */
function testsOfEndpoint(endpoint: string): string[] {
  const group = new RegExp(`\\b(describe|row)\\("${RegExp.escape(endpoint)}["\\s,]`);
  return testsWith((source) => group.test(source));
}

function refusalTable(surface: Surface): string {
  const rows = (Object.entries(surface.refusals) as [Reason, Wording][]).map(
    ([reason, [status, code, text]]) => {
      const { said, files } = refusalOf(surface, reason, text);
      return [`\`${reason}\``, status, code ? `\`${code}\`` : "–", said, listed(files)];
    },
  );
  return table(["reason", "status", "code", "text", "tests"], rows);
}

/** What is said for a reason, and the test files that hear it. */
function refusalOf(surface: Surface, reason: Reason, text: string) {
  const own = testsThatHear(surface, text);
  const blame = isToldByFields(surface, reason) && BLAME[reason];
  if (own.length === 0 && blame) {
    return { said: "*each field and its problem*", files: testsThatHear(surface, blame) };
  }
  return { said: text, files: own.length > 0 ? own : suitesAbout(reason) };
}

/** The shared suite for a reason, as long as it speaks of it. */
function suitesAbout(reason: Reason): string[] {
  const suite = `test/${SHARED[reason]}.test.ts`;
  return testsWith((source, path) => path === suite && source.includes(`"${reason}"`));
}

/** Whether a contract drops its own text where fields are to blame. */
function isToldByFields(surface: Surface, reason: Reason): boolean {
  const wording: Wording = [400, "", "own text"];
  const refused = new Refused(reason, { fields: [{ field: "f", issue: "i" }] });
  return !JSON.stringify(surface.refuse(wording, refused, new Date()).body).includes("own text");
}

/** A contract's tests with this text in them, or with a constant that stands for it. */
function testsThatHear({ terms }: Surface, text: string): string[] {
  const isOwn = (path: string) => path.startsWith(`test/surfaces/${terms.contract}`);
  const constants = [...sources]
    .filter(([path]) => isOwn(path) && !path.includes(".test."))
    .flatMap(([, source]) => source.split(/^(?=\S)/m))
    .filter((statement) => statement.includes(text))
    .flatMap((statement) => statement.match(/^export const (\w+)/)?.[1] ?? []);
  const names = constants.map((name) => new RegExp(`\\b${name}\\b`));
  return testsWith(
    (source, path) =>
      isOwn(path) && (source.includes(text) || names.some((name) => name.test(source))),
  );
}

function testsWith(isMeant: (source: string, path: string) => boolean): string[] {
  return [...sources]
    .filter(([path, source]) => path.includes(".test.") && isMeant(source, path))
    .map(([path]) => path);
}

/** Test files as the ledger names them. */
function listed(paths: readonly string[]): string {
  return paths.map((path) => `\`${path.replace(/^test\/|\.test\.tsx?$/g, "")}\``).join("<br>");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

function missingTables(text: string): string[] {
  return surfaces
    .flatMap(({ terms }) => [`${terms.contract} urls`, `${terms.contract} refusals`])
    .filter((name) => !text.includes(`<!-- /${name} -->`))
    .map((name) => `There is no table of ${name}.`);
}

/** What does not end with what proves it. */
function unprovedRows(text: string): string[] {
  return [
    ...rowsOf(text, "tests").filter((row) => row.endsWith("|  |")),
    ...rowsOf(text, "proved by").flatMap((row) =>
      proofsOf(row)
        .filter((proof) => !isTest(proof))
        .map((proof) => `${row}\n  no such test: ${proof}`),
    ),
  ];
}

/** The rows of all tables whose last column is called that. */
function rowsOf(text: string, lastColumn: string): string[] {
  return [...text.matchAll(/^\|.* \| (.+) \|\n\|(?: --- \|)+\n((?:\|.*\n)+)/gm)]
    .filter(([, last]) => last === lastColumn)
    .flatMap(([, , rows = ""]) => rows.trim().split("\n"));
}

function proofsOf(row: string): string[] {
  return (row.split(" | ").at(-1) ?? "").replace(/ \|$/, "").split("<br>");
}

/** Whether the file that a proof names has tests with every title that it names. */
function isTest(proof: string): boolean {
  const [, file = "", titles = ""] = proof.match(PROOF) ?? [];
  const folder = file.startsWith("scripts/") ? "" : "test/";
  const source =
    sources.get(`${folder}${file}.test.ts`) ?? sources.get(`${folder}${file}.test.tsx`);
  const isTitle = (title: string) =>
    new RegExp(`[(?:]\\s*(["\`])${RegExp.escape(title)}\\1`).test(source ?? "");
  return titles !== "" && titles.split(" › ").every(isTitle);
}

if (import.meta.main) {
  await runScript(async () => {
    const { text, unproved } = contractLedger();
    writeFileSync(LEDGER, text);
    if (unproved.length > 0) {
      throw new Problem(`Not proved:\n${unproved.join("\n")}`, "Write a test, and name it there.");
    }
  });
}

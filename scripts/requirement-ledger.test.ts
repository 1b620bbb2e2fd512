import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { requirementLedger } from "./requirement-ledger.ts";

const HEAD = "| id | requirement | source | proved by |\n| --- | --- | --- | --- |\n";

test("every requirement has a test or a reason; npm run requirements writes which", () => {
  const { text, requirements, missing } = requirementLedger();

  assert.deepEqual(missing, []);
  assert.equal(text, readFileSync("docs/security.md", "utf8"));
  assert.equal(requirements.size, 118);
});

test("a requirement is proved by the files whose titles begin with it", () => {
  const page = `${HEAD}| AB-01 | a thing | RFC 1 | \`by/hand\` |\n`;
  const sources = new Map([
    ["test/races/one.test.ts", titled(": it holds", "AB-01")],
    ["test/races/other.test.ts", titled("it holds", "")],
    ["scripts/two.test.ts", titled(": it holds here too", "AB-01")],
  ]);

  const { text, missing } = requirementLedger(page, sources);

  assert.equal(text, `${HEAD}| AB-01 | a thing | RFC 1 | \`races/one\`<br>\`scripts/two\` |\n`);
  assert.deepEqual(missing, []);
});

test("what nobody proves or explains is missed, and so is a test of nothing", () => {
  const rows = [
    "| AB-01 | no test | RFC 1 | |",
    "| AB-02 | no reason | RFC 1 | does not apply: |",
    "| AB-03 | a reason | RFC 1 | does not apply: it is not served |",
    "| AB-04 | a reason too many | RFC 1 | does not apply: it is not served |",
  ];
  const sources = new Map([["test/one.test.ts", titled(": it holds", "AB-04, AB-05")]]);

  assert.deepEqual(requirementLedger(`${HEAD}${rows.join("\n")}\n`, sources).missing, [
    "AB-01 is proved by no test",
    "AB-02 is proved by no test",
    "AB-04 does not apply, and has a test",
    "AB-05 has a test, and is no requirement",
  ]);
});

test("a title that begins with a requirement and goes on without a colon is missed", () => {
  const page = `${HEAD}| AB-01 | a thing | RFC 1 | |\n`;
  const withTitle = (rest: string) =>
    new Map([
      ["test/one.test.ts", titled(rest, "AB-01")],
      ["test/two.test.ts", titled(": it holds", "AB-01")],
    ]);

  for (const rest of [" it holds", ", it holds", ", AB-01 it holds"]) {
    assert.deepEqual(requirementLedger(page, withTitle(rest)).missing, [
      "AB-01 has a test in test/one.test.ts whose title has no colon after it",
    ]);
  }
  assert.deepEqual(requirementLedger(page, withTitle(", AB-01: it holds")).missing, []);
});

/** A file's text. What begins a title is told last, or it would be taken for one of this file. */
function titled(rest: string, ids: string): string {
  return `it.each(ROWS)(\n  "${ids}${rest}",\n  () => {});`;
}

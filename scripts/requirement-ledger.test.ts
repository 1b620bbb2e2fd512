import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { requirementLedger } from "./requirement-ledger.ts";

const HEAD = "| id | requirement | source | proved by |\n| --- | --- | --- | --- |\n";

test("every requirement has a test or a reason; npm run requirements writes which", () => {
  const { text, requirements, missing } = requirementLedger();

  assert.deepEqual(missing, []);
  assert.equal(text, readFileSync("docs/security.md", "utf8"));
  assert.equal(requirements.size, 113);
});

test("a requirement is proved by the files whose titles begin with it", () => {
  const page = `${HEAD}| AB-01 | a thing | RFC 1 | \`by/hand\` |\n`;
  const tests = new Map([["AB-01", ["test/races/one.test.ts", "scripts/two.test.ts"]]]);

  const { text, missing } = requirementLedger(page, tests);

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
  const tests = new Map([
    ["AB-04", ["test/one.test.ts"]],
    ["AB-05", ["test/one.test.ts"]],
  ]);

  assert.deepEqual(requirementLedger(`${HEAD}${rows.join("\n")}\n`, tests).missing, [
    "AB-01 is proved by no test",
    "AB-02 is proved by no test",
    "AB-04 does not apply, and has a test",
    "AB-05 has a test, and is no requirement",
  ]);
});

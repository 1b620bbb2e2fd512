import assert from "node:assert/strict";
import { test } from "node:test";
import { conclusion } from "./conclusion.ts";

test("the end of an import counts, and names the report", () => {
  const tally = { imported: 3, thereAlready: 2, refused: 1, dear: 0, dearest: 0 };
  const report = "accounts.ndjson.dry-run.report.ndjson";
  assert.deepEqual(conclusion(tally, { dryRun: true, report }), [
    "Would be imported: 3.",
    "There already: 2. Refused: 1.",
    `What became of each line, and why, is in ${report}`,
  ]);
  const [imported, , dear] = conclusion(
    { ...tally, dear: 2, dearest: 900_000 },
    { dryRun: false, report },
  );
  assert.equal(imported, "Imported: 3.");
  assert.match(
    dear ?? "",
    /^Passwords that cost more to check than one of ours: 2, the dearest 1\.50 times/,
  );
});

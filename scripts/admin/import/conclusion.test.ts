import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../project-folder.ts";
import { conclusion } from "./conclusion.ts";

test("the end of an import counts, and names the report", () => {
  const tally = {
    ...{ imported: 3, thereAlready: 2, refused: 1, dear: 0, dearest: 0 },
    unproved: { passwords: 0, apps: 0 },
  };
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

test("it counts what a stranger may have set up, and says where to read on", () => {
  const tally = { imported: 3, thereAlready: 0, refused: 0, dear: 0, dearest: 0 };
  const about = { dryRun: false, report: "report.ndjson" };
  for (const [passwords, apps] of [
    [2, 1],
    [1, 0],
    [0, 1],
  ] as const) {
    const [, , unproved] = conclusion({ ...tally, unproved: { passwords, apps } }, about);
    assert.equal(
      unproved,
      `Passwords at addresses that were not proved: ${passwords}. Authenticator apps there: ${apps}. A stranger may have set them up, and a new password by mail ends both: docs/operating.md says when to see to it, under "An address that somebody else registered".`,
    );
  }
  const section = /^## An address that somebody else registered$/m;
  assert.match(readFileSync(join(projectFolder, "docs/operating.md"), "utf8"), section);
});

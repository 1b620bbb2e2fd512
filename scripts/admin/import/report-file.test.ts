import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { type About, newReport, resumedReport } from "./report-file.ts";

const ABOUT: About = { report: 1, file_bytes: 100, format: "latchkey", tenant: "default" };
const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
after(() => rmSync(folder, { recursive: true }));

let path = "";
let number = 0;
beforeEach(() => {
  path = join(folder, `${++number}.ndjson`);
});

const lines = () =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { line?: number });

async function begun(...reported: number[]): Promise<void> {
  const report = await newReport(path, ABOUT);
  assert.equal(report.lastLine, 0);
  await report.write(reported.map((line) => ({ line, outcome: "imported", id: "i" })));
  await report.close();
}

test("a report is its owner's alone, and is never written over", async () => {
  await begun(1, 2);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(
    lines().map(({ line }) => line),
    [undefined, 1, 2],
  );
  await assert.rejects(newReport(path, ABOUT), /There is a report at/);
});

for (const cut of [0, 1, 5, 30]) {
  test(`one that was cut off ${cut} bytes before its end goes on after its last whole line`, async () => {
    await begun(1, 2, 4);
    truncateSync(path, statSync(path).size - cut);
    const report = await resumedReport(path, ABOUT);
    // Without its line feed alone, a line is whole.
    assert.equal(report.lastLine, cut <= 1 ? 4 : 2);
    await report.write([{ line: 5, outcome: "refused", reason: "r" }]);
    await report.write([{ line: 6, outcome: "there already" }]);
    await report.close();
    assert.deepEqual(
      lines().map(({ line }) => line),
      [undefined, 1, 2, ...(cut <= 1 ? [4] : []), 5, 6],
    );
  });
}

test("one that had just begun goes on from the start", async () => {
  await begun();
  const report = await resumedReport(path, ABOUT);
  assert.equal(report.lastLine, 0);
  await report.close();
});

test("a report goes on with no other file, format or tenant, and from no other text", async () => {
  await begun(1);
  for (const other of [{ file_bytes: 99 }, { format: "auth0" }, { tenant: "acme" }]) {
    await assert.rejects(resumedReport(path, { ...ABOUT, ...other }), /is about another file/);
  }
  await assert.rejects(resumedReport(`${path}.none`, ABOUT), /There is no report/);
  const text = join(folder, "text");
  appendFileSync(text, "no report\n");
  await assert.rejects(resumedReport(text, ABOUT), /is about another file/);
  assert.equal(readFileSync(text, "utf8"), "no report\n");
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BLOBS, DOUBLES } from "../src/http/served.ts";
import { projectFolder } from "./project-folder.ts";

const page = readFileSync(join(projectFolder, "docs/seeing.md"), "utf8");

/** What each column of a data point holds. */
const columns = new Map([
  ["index1", "tenant"],
  ...BLOBS.map((name, place) => [`blob${place + 1}`, name] as const),
  ...DOUBLES.map((name, place) => [`double${place + 1}`, name] as const),
]);

test("docs/seeing.md says of every column what the Worker writes into it", () => {
  const listed = [...page.matchAll(/\| `((?:index|blob|double)\d+)` \| (\w+) /g)];
  assert.deepEqual(
    Object.fromEntries(listed.map(([, column, what]) => [column, what])),
    Object.fromEntries(columns),
  );
});

test("its queries call a column by its name, and ask for none that is not there", () => {
  const queries = [...page.matchAll(/```sql\n(.+?)```/gs)].map(([, query = ""]) => query);
  assert.equal(queries.length, 5);
  for (const query of queries) {
    for (const [column] of query.matchAll(/\b(?:index|blob|double)\d+/g)) {
      assert.ok(columns.has(column), column);
    }
    for (const [, column = "", name] of query.matchAll(/\b((?:index|blob)\d) AS (\w+)/g)) {
      assert.equal(name, columns.get(column));
    }
    for (const [, column = "", name] of query.matchAll(/SUM\((double\d) \* \w+\) AS (\w+)/g)) {
      assert.equal(name, columns.get(column));
    }
    assert.match(query, /_sample_interval/);
  }
});

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { documented } from "./documented.ts";

const read = (path: string) => readFileSync(path, "utf8");

for (const { file, block, results, withFigures } of documented) {
  const what = block === null ? "" : `, under "${block}",`;
  test(`${file}${what} has the figures of ${results}: npm run bench:tables`, () => {
    assert.equal(read(file), withFigures());
  });
}

test("every picture and every table that a measurement writes is held to its figures", () => {
  const written = /^<!-- (\w+):.*\bnpm run (?:bench|size|cost|figures)\b.*-->$/gm;
  const marked = globSync("docs/*.md").flatMap((file) =>
    [...read(file).matchAll(written)].map(([, block]) => [file, block]),
  );
  const pictures = globSync("docs/*.svg").map((file) => [file, null]);

  assert.ok(marked.length > 6);
  assert.deepEqual(
    documented.map(({ file, block }) => [file, block]).sort(),
    [...marked, ...pictures].sort(),
  );
});

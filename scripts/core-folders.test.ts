import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** An import from a neighbouring folder. One of types alone is none: nothing of it is left to run. */
const IMPORT = /^(?:import|export) (?!type )[^;]*? from "\.\.\/([a-z-]+)\/[^"]+";$/gm;

interface Import {
  file: string;
  from: string;
  to: string;
}

test("the folders of core build on each other and never in a circle", () => {
  const imports = globSync("src/core/*/*.ts").flatMap(importsOf);
  assert.ok(imports.length > 100, "the imports are found");
  const inCircles = circlesOf(imports).map(({ file, to }) => `${file} imports ${to}/`);
  assert.deepEqual(inCircles, []);
});

function importsOf(file: string): Import[] {
  const [, , from = ""] = file.split("/");
  return [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, to = ""]) => ({
    file,
    from,
    to,
  }));
}

/** What is left once nothing is that leads nowhere or comes from nowhere. */
function circlesOf(imports: Import[]): Import[] {
  const left = imports.filter(
    ({ from, to }) =>
      imports.some((onward) => onward.from === to) && imports.some((back) => back.to === from),
  );
  return left.length === imports.length ? left : circlesOf(left);
}

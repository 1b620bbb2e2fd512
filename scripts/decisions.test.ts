import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "./project-folder.ts";

for (const path of globSync("docs/decisions/*.md", { cwd: projectFolder })) {
  test(`${basename(path)} says why, what was decided and what follows`, () => {
    const text = readFileSync(join(projectFolder, path), "utf8");
    const begun = [...text.matchAll(/^\*\*(Context|Decision|Consequences)/gm)];
    const parts = new Set(begun.map(([, part]) => part));
    assert.deepEqual([...parts], ["Context", "Decision", "Consequences"]);
  });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "./project-folder.ts";

const MOST_LINES = 10;
const MOST_LETTERS = 200;

const readme = readFileSync(join(projectFolder, "README.md"), "utf8");

/** As it is read: pictures and addresses of links are not. */
const shown = (line: string) =>
  line.replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");

test("README.md tells the way to production in ten lines that can be scanned", () => {
  const [, section = ""] = /\n## To production\n(.*?)\n## /s.exec(readme) ?? [];
  const lines = section.split("\n").filter((line) => line !== "" && !line.startsWith("```"));
  assert.ok(lines.some((line) => line.startsWith("npm run deploy -- ")));
  assert.ok(lines.length <= MOST_LINES, `${lines.length} lines`);
  for (const line of lines) {
    assert.ok(shown(line).length <= MOST_LETTERS, line);
  }
});

test("README.md says which scopes open the admin API to a program, since no key does", () => {
  const [paragraph = ""] = /^An \*administrator\* is .*$/m.exec(readme) ?? [];
  assert.match(paragraph, /no service key opens the admin API/);
  const named = [...paragraph.matchAll(/`(admin:[a-z:]+)`/g)].map(([, scope]) => scope);
  const reference = readFileSync(join(projectFolder, "src/reference/openapi.json"), "utf8");
  const asked = new Set(reference.match(/\badmin:[a-z:]+/g));
  assert.deepEqual(named.sort(), [...asked].sort());
});

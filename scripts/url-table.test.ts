import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readmeWithTable } from "./url-table.ts";

test("the README lists every URL that is served; npm run urls writes the list", () => {
  assert.equal(readFileSync("README.md", "utf8"), readmeWithTable());
});

test("the README describes every setting", () => {
  const readme = readFileSync("README.md", "utf8");
  for (const file of ["src/settings/load-settings.ts", "src/settings/mail-settings.ts"]) {
    const settings = readFileSync(file, "utf8").matchAll(/^ {2}([A-Z][A-Z_]+):/gm);
    const names = [...settings].map(([, name]) => name);
    assert.ok(names.length > 5, file);
    for (const name of names) {
      assert.ok(readme.includes(`\`${name}\``), `the README does not describe ${name}`);
    }
  }
});

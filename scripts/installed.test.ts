import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { installedVersion, otherThanWanted } from "./installed.ts";

test("what is missing, or of another version than is wanted, is to be installed", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-installed-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (path: string, manifest: object) => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "package.json"), JSON.stringify(manifest));
  };
  write(".", { devDependencies: { same: "1.0.0", older: "2.0.1", "@a/missing": "3.0.0" } });
  write("node_modules/same", { version: "1.0.0" });
  write("node_modules/older", { version: "2.0.0" });

  assert.deepEqual(otherThanWanted(folder), ["older", "@a/missing"]);
  assert.equal(installedVersion(folder, "older"), "2.0.0");
  assert.equal(installedVersion(folder, "@a/missing"), null);
});

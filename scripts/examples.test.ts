import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "./project-folder.ts";

const READMES = globSync("examples/*/README.md", { cwd: projectFolder });
const DEFAULT = /^export LATCHKEY_ISSUER=http:\/\/localhost:8787 /;

test("what the READMEs of the examples have people run goes to whatever server LATCHKEY_ISSUER names", () => {
  assert.equal(READMES.length, 4);
  for (const path of READMES) {
    const readme = readFileSync(join(projectFolder, path), "utf8");
    const commands = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
      block.split("\n"),
    );
    const fixed = commands.filter((line) => line.includes("8787") && !DEFAULT.test(line));
    assert.deepEqual(fixed, [], path);
    const named = commands.findIndex((line) => DEFAULT.test(line));
    const used = commands.findIndex((line) => line.includes("$LATCHKEY_ISSUER"));
    assert.ok(named >= 0 && (used < 0 || named < used), `${path} has to name the server first`);
  }
});

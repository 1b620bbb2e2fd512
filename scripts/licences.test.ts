import assert from "node:assert/strict";
import { test } from "node:test";
import { type LockedPackage, readLockFiles } from "./dependencies/lock-files.ts";
import { unwelcomeLicences } from "./licences.ts";

/** What is said of a package that is locked like this. */
function saidOf(locked: LockedPackage): string[] {
  return unwelcomeLicences([{ path: "lock", packages: { "": {}, "node_modules/it": locked } }]);
}

test("every locked package is under a licence that we agreed on", () => {
  assert.deepEqual(unwelcomeLicences(readLockFiles()), []);
});

for (const license of ["MIT", "(MIT OR GPL-3.0-only)", "GPL-3.0-only OR MIT", "MIT AND ISC"]) {
  test(`what is shipped may be under ${license}`, () => {
    assert.deepEqual(saidOf({ license }), []);
  });
}

for (const license of [
  "GPL-3.0-only",
  "LGPL-3.0-or-later",
  "MPL-2.0",
  "MIT AND MPL-2.0",
  "(MIT OR ISC) AND GPL-3.0-only",
  "SEE LICENSE IN LICENSE.md",
  "UNLICENSED",
]) {
  test(`what is shipped may not be under ${license}`, () => {
    assert.deepEqual(saidOf({ license }), [`lock: node_modules/it: ${license}`]);
  });
}

test("what is shipped has to say its licence", () => {
  assert.deepEqual(saidOf({}), ["lock: node_modules/it: none"]);
});

test("a tool may be under a licence that binds whoever passes it on", () => {
  assert.deepEqual(saidOf({ license: "MPL-2.0", dev: true }), []);
  assert.deepEqual(saidOf({ license: "AGPL-3.0-only", dev: true }), [
    "lock: node_modules/it: AGPL-3.0-only",
  ]);
});

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { localState, lockedStates } from "../local-state.ts";
import { setAsideLocalData } from "./set-aside-local-data.ts";

test("keeps everything that was ever set aside", () => {
  const folder = mkdtempSync(join(tmpdir(), "set-aside-"));
  try {
    assert.equal(setAsideLocalData(folder), null);
    const kept = ["first", "second", "third"].map((content) => {
      mkdirSync(join(folder, localState), { recursive: true });
      writeFileSync(join(folder, localState, "it"), content);
      return setAsideLocalData(folder) ?? "";
    });
    const contents = kept.map((name) => readFileSync(join(folder, name, "it"), "utf8"));
    assert.deepEqual(contents, ["first", "second", "third"]);
    assert.deepEqual(lockedStates(folder).taken, kept);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { test } from "node:test";
import { slowFirst } from "./slow-tests-first.ts";

test("what takes minutes begins, and everything runs", () => {
  const files = globSync("test/**/*.test.ts").map((file) => `/somewhere/${file}`);

  const sorted = slowFirst(files, (file) => file);

  const first = sorted.findIndex((file) => !/test\/(?:fuzz|races|faults|budgets)\//.test(file));
  assert.ok(first > 30);
  assert.ok(!sorted.slice(first).some((file) => file.includes("/test/races/")));
  assert.deepEqual(sorted.toSorted(), files.toSorted());
});

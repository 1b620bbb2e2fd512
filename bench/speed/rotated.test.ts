import assert from "node:assert/strict";
import { test } from "node:test";
import { rotated } from "./rotated.ts";

test("each round begins with the next, and leaves nobody out", () => {
  const rounds = [0, 1, 2, 3].map((round) => rotated(["a", "b", "c"], round).join(""));
  assert.deepEqual(rounds, ["abc", "bca", "cab", "abc"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { timeByOwner } from "./start-up.ts";

test("the time of a start is told by who spent it, without the time in which nothing ran", () => {
  const frame = (functionName: string, lineNumber = -1, columnNumber = -1) => ({
    functionName,
    lineNumber,
    columnNumber,
  });
  const profile = {
    nodes: [
      { id: 1, callFrame: frame("(idle)") },
      { id: 2, callFrame: frame("(garbage collector)") },
      { id: 3, callFrame: frame("") },
      { id: 4, callFrame: frame("string", 7, 100) },
      { id: 5, callFrame: frame("number", 7, 200) },
      { id: 6, callFrame: frame("s", 0, 9) },
    ],
    samples: [1, 3, 4, 2, 5, 4, 6],
    timeDeltas: [30_000, 1_000, 2_000, 500, 250, 1_000, 100],
  };

  const owners = timeByOwner(profile, (line, column) =>
    line === 7 && column >= 100 ? "zod" : null,
  );

  assert.deepEqual(Object.fromEntries(owners), {
    "module bodies": 1,
    zod: 3.25,
    "garbage collector": 0.5,
    esbuild: 0.1,
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type CountedTest, figureTables } from "./figures.ts";

const passed = (fullName: string, figures?: Record<string, number>): CountedTest => ({
  fullName,
  status: "passed",
  meta: figures ? { figures } : {},
});

test("tests that count the same share a table, which adds them up", () => {
  const tests = [
    passed("one race", { rounds: 20, "parallel requests": 1000 }),
    passed("counts nothing"),
    passed("another race", { "parallel requests": 500, rounds: 10 }),
    passed("a fuzz", { "fuzz inputs": 7 }),
  ];

  assert.equal(
    figureTables(tests),
    `| test | fuzz inputs |
| --- | ---: |
| a fuzz | 7 |
| **together** | 7 |

| test | parallel requests | rounds |
| --- | ---: | ---: |
| one race | 1000 | 20 |
| another race | 500 | 10 |
| **together** | 1500 | 30 |
`,
  );
});

test("a test that failed has nothing to say", () => {
  assert.equal(figureTables([{ ...passed("a race", { rounds: 20 }), status: "failed" }]), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type CountedTest, figureTables, groupFigures } from "./figure-tables.ts";

const passed = (
  file: string,
  titles: readonly string[],
  figures?: Record<string, number>,
): CountedTest => ({
  file,
  ancestorTitles: titles.slice(0, -1),
  title: titles.at(-1) ?? "",
  status: "passed",
  meta: figures ? { figures } : {},
});

test("tests of a group are added up, a file has a row, and what counts the same shares a table", () => {
  const groups = groupFigures([
    passed("races/code", ["a race", "first"], { rounds: 20, "parallel requests": 1000 }),
    passed("races/code", ["a race", "second"], { rounds: 20, "parallel requests": 1000 }),
    passed("races/code", ["counts nothing"]),
    passed("races/code", ["another race"], { "parallel requests": 500, rounds: 10 }),
    passed("races/again", ["a race", "first"], { rounds: 1, "parallel requests": 5 }),
    passed("fuzz/oauth", ["OAuth", "refresh", "a fuzz"], { "fuzz inputs": 7 }),
  ]);

  assert.deepEqual(groups.slice(0, 2), [
    { file: "races/code", group: "a race", figures: { rounds: 40, "parallel requests": 2000 } },
    {
      file: "races/code",
      group: "another race",
      figures: { rounds: 10, "parallel requests": 500 },
    },
  ]);
  assert.equal(
    figureTables(groups),
    `| tests | groups | fuzz inputs |
| --- | ---: | ---: |
| \`fuzz/oauth\` | 1 | 7 |
| **together** | 1 | 7 |

| tests | groups | parallel requests | rounds |
| --- | ---: | ---: | ---: |
| \`races/again\` | 1 | 5 | 1 |
| \`races/code\` | 2 | 2500 | 50 |
| **together** | 3 | 2505 | 51 |
`,
  );
});

test("a test that failed has nothing to say", () => {
  const failed = { ...passed("races/code", ["a race"], { rounds: 20 }), status: "failed" };

  assert.deepEqual(groupFigures([failed]), []);
});

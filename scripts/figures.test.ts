import assert from "node:assert/strict";
import { test } from "node:test";
import { type CountedTest, enumerationTable, figureTables } from "./figures.ts";

const passed = (titles: readonly string[], figures?: Record<string, number>): CountedTest => ({
  ancestorTitles: titles.slice(0, -1),
  title: titles.at(-1) ?? "",
  status: "passed",
  meta: figures ? { figures } : {},
});

test("tests of a group are added up, and groups that count the same share a table", () => {
  const tests = [
    passed(["a race", "first"], { rounds: 20, "parallel requests": 1000 }),
    passed(["a race", "second"], { rounds: 20, "parallel requests": 1000 }),
    passed(["counts nothing"]),
    passed(["another race"], { "parallel requests": 500, rounds: 10 }),
    passed(["OAuth", "refresh", "a fuzz"], { "fuzz inputs": 7 }),
  ];

  assert.equal(
    figureTables(tests),
    `| tests | fuzz inputs |
| --- | ---: |
| OAuth › refresh | 7 |
| **together** | 7 |

| tests | parallel requests | rounds |
| --- | ---: | ---: |
| a race | 2000 | 40 |
| another race | 500 | 10 |
| **together** | 2500 | 50 |
`,
  );
});

test("a test that failed has nothing to say", () => {
  const failed = { ...passed(["a race"], { rounds: 20 }), status: "failed" };

  assert.equal(figureTables([failed]), "");
});

test("of each entrance the group that differs most is told, whichever way it differs", () => {
  const group = (name: string, medianMs: number, differenceMs: number) => ({
    group: name,
    medianMs,
    differenceMs,
    intervalMs: [differenceMs - 1, differenceMs + 1] as const,
    p: 0.5,
  });
  const measured = {
    samples: 200,
    machine: { cores: 2, platform: "linux x64", workerd: "1.2" },
    entrances: [
      {
        entrance: "POST /forgot",
        groups: [group("no account", 5, 0), group("disabled", 3, -2), group("unproved", 6, 1)],
      },
    ],
  };

  assert.equal(
    enumerationTable(measured),
    `Medians of 200 answers a group, as \`npm run bench:enumeration\` measured them (2 cores, linux x64, workerd 1.2):

| entrance | no account | differs most | by | 95 % within | p |
| --- | ---: | --- | ---: | ---: | ---: |
| \`POST /forgot\` | 5 ms | disabled | -2 ms | -3 to -1 ms | 0.5 |
`,
  );
});

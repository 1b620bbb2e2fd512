import assert from "node:assert/strict";
import { test } from "node:test";
import { enumerationTable } from "./figures.ts";

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

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Run } from "./result.ts";
import { asPage, asReport } from "./tables.ts";

const run: Run = {
  command: "import",
  accounts: 100_000,
  heapMegabytes: null,
  seconds: 40,
  cpuSeconds: 30.42,
  commandBytes: 510_400_000,
  databaseBytes: 260_000_000,
};
const result = {
  date: "2026-11-29",
  machine: { processor: "A CPU", cores: 2, node: "24.1.0", workerd: "1.2" },
  load: { before: 0.1, after: 1.2 },
  hashes: { count: 16, cost: 10 },
  runs: [
    { ...run, accounts: 1, seconds: 2 },
    run,
    { ...run, heapMegabytes: 120 },
    {
      ...run,
      command: "export" as const,
      cpuSeconds: null,
      commandBytes: null,
      databaseBytes: null,
    },
  ],
};

test("a page says on what it was measured, and how fast and with how much memory each was", () => {
  const [circumstances, table, how] = asPage(result).split("\n\n");

  assert.equal(
    circumstances,
    "Measured on 2026-11-29 with A CPU, 2 cores, Node 24.1.0, workerd 1.2. Load average of the machine 0.1 before and 1.2 after.",
  );
  assert.equal(
    table,
    `|  | accounts | a second | took | computed for | its memory | the database's |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| import | 1 | – | 2.0 s | 30.4 s | 510 MB | 260 MB |
| import | 100,000 | 2,500 | 40.0 s | 30.4 s | 510 MB | 260 MB |
| import, heap of 120 MB | 100,000 | 2,500 | 40.0 s | 30.4 s | 510 MB | 260 MB |
| export | 100,000 | 2,500 | 40.0 s | – | – | – |`,
  );
  assert.match(how ?? "", /one of 16 bcrypt hashes of cost 10 that were made before/);
});

test("a terminal is told the same figures", () => {
  assert.match(asReport(result), /^import +100,000 +2,500 +40\.0 s +30\.4 s +510 MB +260 MB$/m);
});

import { asMarkdown, asText, type Table } from "../speed/table.ts";
import type { ImportResult, Run } from "./result.ts";

/** What each run took. */
export function runTable(runs: readonly Run[]): Table {
  return [
    ["", "accounts", "a second", "took", "computed for", "its memory", "the database's"],
    ...runs.map((run) => [
      nameOf(run),
      amount(run.accounts),
      // Of one account it is the start of the command.
      run.accounts === 1 ? "–" : amount(Math.round(run.accounts / run.seconds)),
      inSeconds(run.seconds),
      inSeconds(run.cpuSeconds),
      inMegabytes(run.commandBytes),
      inMegabytes(run.databaseBytes),
    ]),
  ];
}

function nameOf({ command, heapMegabytes }: Run): string {
  return heapMegabytes === null ? command : `${command}, heap of ${heapMegabytes} MB`;
}

function inSeconds(seconds: number | null): string {
  return seconds === null ? "–" : `${seconds.toFixed(1)} s`;
}

function inMegabytes(bytes: number | null): string {
  return bytes === null ? "–" : `${amount(Math.round(bytes / 1e6))} MB`;
}

function amount(count: number): string {
  return count.toLocaleString("en-US");
}

/** For a terminal. */
export function asReport({ runs }: ImportResult): string {
  return asText(runTable(runs));
}

/** For docs/moving.md. */
export function asPage({ date, machine, load, hashes, runs }: ImportResult): string {
  const { processor, cores, node, workerd } = machine;
  return [
    `Measured on ${date} with ${processor}, ${cores} cores, Node ${node}, workerd ${workerd}. Load average of the machine ${load.before} before and ${load.after} after.`,
    asMarkdown(runTable(runs)),
    `Each line has an address, a name and one of ${hashes.count} bcrypt hashes of cost ${hashes.cost} that were made before: an import seals a hash, whichever it is, and checks no password. It goes into an empty local database, of which \`export\` then writes all to a file. Memory is the most that a process had, as Linux tells it (\`VmHWM\`): what one account takes wrangler takes by itself, and how much of the rest is needed shows where Node's heap is held to little (\`--max-old-space-size\`).`,
  ].join("\n\n");
}

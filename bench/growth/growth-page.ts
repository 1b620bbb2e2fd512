import type { GrowthResult } from "./result.ts";
import { growthTables } from "./tables.ts";

/** What a run has measured, for people to read. */
export function growthPage(result: GrowthResult): string {
  const { date, machine, requests, sizes } = result;
  const { processor, cores, workerd } = machine;
  const others = (sizes[0]?.flows.length ?? 1) - 1;
  return [
    `Measured on ${date} with ${processor}, ${cores} cores, workerd ${workerd}: ${requests} requests of each of the first ${others} rows, one after another, for accounts from all over the table.`,
    "![Median times by the number of accounts](growth.svg)",
    growthTables(result),
  ].join("\n\n");
}

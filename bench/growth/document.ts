import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import { writeBetween } from "../write-between.ts";
import { curve } from "./curve.ts";
import type { GrowthResult } from "./result.ts";
import { growthTables } from "./tables.ts";

export const RESULTS = join("bench", "results", "growth.json");

/** Writes what came out to the results, and for people to read. */
export function document(result: GrowthResult): void {
  const write = (path: string, text: string) => writeFileSync(join(projectFolder, path), text);
  write(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  write("docs/growth.svg", curve(result.sizes));
  writeBetween("docs/performance.md", "growth", growthBlock(result));
}

function growthBlock(result: GrowthResult): string {
  const { date, machine, requests, sizes } = result;
  const { processor, cores, workerd } = machine;
  const others = (sizes[0]?.flows.length ?? 1) - 1;
  return [
    `Measured on ${date} with ${processor}, ${cores} cores, workerd ${workerd}: ${requests} requests of each of the first ${others} rows, one after another, for accounts from all over the table.`,
    "![Median times by the number of accounts](growth.svg)",
    growthTables(result),
  ].join("\n\n");
}

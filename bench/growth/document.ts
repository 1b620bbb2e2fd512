import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import { writeBetween } from "../write-between.ts";
import { curve } from "./curve.ts";
import { growthPage } from "./growth-page.ts";
import type { GrowthResult } from "./result.ts";

export const RESULTS = join("bench", "results", "growth.json");

/** Writes what came out to the results, and for people to read. */
export function document(result: GrowthResult): void {
  const write = (path: string, text: string) => writeFileSync(join(projectFolder, path), text);
  write(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  write("docs/growth.svg", curve(result.sizes));
  writeBetween("docs/performance.md", "growth", growthPage(result));
}

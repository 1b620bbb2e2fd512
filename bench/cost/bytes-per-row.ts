import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import type { GrowthResult } from "../growth/result.ts";

/** In a database, with its indexes. */
export interface BytesPerRow {
  account: number;
  session: number;
  auditEvent: number;
}

/** As `npm run bench:growth` measured them in its largest database. */
export function measuredBytes(): BytesPerRow {
  const file = join(projectFolder, "bench", "results", "growth.json");
  const { sizes } = JSON.parse(readFileSync(file, "utf8")) as GrowthResult;
  const largest = sizes.at(-1);
  if (!largest) {
    throw new RangeError(`${file} has no sizes`);
  }
  return {
    account: Math.round(largest.account.bytes),
    session: Math.round(largest.session.bytes),
    auditEvent: Math.round(largest.event.bytes),
  };
}

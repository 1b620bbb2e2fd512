import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { putBetween } from "./put-between.ts";

/** Puts text into a page of ours, between `<!-- name: … -->` and `<!-- /name -->`. Throws where there is no such place. */
export function writeBetween(page: string, name: string, text: string): void {
  const file = join(projectFolder, page);
  writeFileSync(file, putBetween(readFileSync(file, "utf8"), name, text));
}

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";

/** Puts text into a page of ours, between `<!-- name: … -->` and `<!-- /name -->`. Throws where there is no such place. */
export function writeBetween(page: string, name: string, text: string): void {
  const file = join(projectFolder, page);
  const before = readFileSync(file, "utf8");
  const place = new RegExp(`(<!-- ${name}:.*-->\\n)[\\s\\S]*(<!-- /${name} -->)`);
  if (!place.test(before)) {
    throw new Error(`${page} has no place for ${name}`);
  }
  writeFileSync(
    file,
    before.replace(place, (_, begin: string, end: string) => `${begin}\n${text}\n\n${end}`),
  );
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder.ts";

/** A text from wrangler.toml, by its name alone. Null when it is not there. */
export function wranglerSetting(name: string): string | null {
  const file = readFileSync(join(projectFolder, "wrangler.toml"), "utf8");
  return new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, "m").exec(file)?.[1] ?? null;
}

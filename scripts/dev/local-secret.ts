import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder.ts";

const file = join(projectFolder, ".dev.vars");

/**
 * Writes a random AUTH_SECRET into .dev.vars, readable by its owner only, unless the file names one.
 * A secret that is there stays, even a short one: the server itself refuses it. True when written.
 */
export function ensureLocalSecret(): boolean {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (/^\s*(?:export\s+)?AUTH_SECRET\s*[=:]/m.test(before)) {
    return false;
  }
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  const secret = randomBytes(32).toString("hex");
  writeFileSync(file, `${before}${gap}AUTH_SECRET=${secret}\n`, { mode: 0o600 });
  // The mode above holds for a new file only.
  chmodSync(file, 0o600);
  return true;
}

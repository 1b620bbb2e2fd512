import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { projectFolder } from "../project-folder.ts";

const file = join(projectFolder, ".dev.vars");

/** Whether .dev.vars names an AUTH_SECRET. A short one counts: the server itself refuses it. */
export function hasLocalSecret(): boolean {
  return localVariables()["AUTH_SECRET"] !== undefined;
}

/** Writes a random AUTH_SECRET into .dev.vars, readable by its owner only. */
export function writeLocalSecret(): void {
  const before = contents();
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  const secret = randomBytes(32).toString("hex");
  writeFileSync(file, `${before}${gap}AUTH_SECRET=${secret}\n`, { mode: 0o600 });
  // The mode above holds for a new file only.
  chmodSync(file, 0o600);
}

/** The secrets that this machine's server runs with. */
export function localSecrets(): { current: string; previous: string | null } {
  const variables = localVariables();
  return {
    current: variables["AUTH_SECRET"] ?? "",
    previous: variables["AUTH_SECRET_PREVIOUS"] || null,
  };
}

function localVariables(): NodeJS.Dict<string> {
  // Wrangler takes "NAME: value" for "NAME=value", which Node does not.
  return parseEnv(contents().replaceAll(/^(\s*(?:export\s+)?\w+):\s/gm, "$1="));
}

function contents(): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

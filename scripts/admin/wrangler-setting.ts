import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder.ts";

/**
 * A text from wrangler.toml, by its name alone: of production, which is the top of the file, or of
 * another environment. Null when it is not there.
 */
export function wranglerSetting(name: string, env?: string): string | null {
  const file = readFileSync(join(projectFolder, "wrangler.toml"), "utf8");
  const [production = "", ...others] = file.split(/^(?=\[env\.\w+\]$)/m);
  const own = others.find((lines) => lines.startsWith(`[env.${env}]`));
  const lines = env === undefined || env === "production" ? production : (own ?? "");
  return new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, "m").exec(lines)?.[1] ?? null;
}

/** What tells Wrangler which environment is meant: production is the one without a name. */
export function environmentFlag(env?: string): string {
  return `--env=${env === "production" ? "" : (env ?? "")}`;
}

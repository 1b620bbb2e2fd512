import { isAbsolute, join } from "node:path";
import { defaults } from "../defaults.ts";

/** Where this program keeps its files: the XDG base directory specification, which ignores relative paths. */
export function configDirectory(env: NodeJS.ProcessEnv, home: string): string {
  const named = env["XDG_CONFIG_HOME"] ?? "";
  return join(isAbsolute(named) ? named : join(home, ".config"), defaults.program);
}

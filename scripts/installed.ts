import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of a package that a folder has installed; null where it has none. */
export function installedVersion(folder: string, name: string): string | null {
  try {
    return readManifest(join(folder, "node_modules", name)).version;
  } catch {
    return null;
  }
}

/** The packages of a folder's `package.json` that are not installed as it names them. */
export function otherThanWanted(folder: string): string[] {
  const wanted = Object.entries(readManifest(folder).devDependencies);
  return wanted
    .filter(([name, version]) => installedVersion(folder, name) !== version)
    .map(([name]) => name);
}

function readManifest(folder: string) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    devDependencies: Record<string, string>;
  };
}

import { globSync, readFileSync } from "node:fs";

const IMPORT = /(?:\bfrom |\bimport\()"([^."][^":]*)"/g;

/** What files import by the name of a package, each once, in order. Nothing that begins with `node:` or the like. */
export function importedPackages(pattern: string, exclude: readonly string[] = []): string[] {
  const names = globSync(pattern, { exclude }).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(IMPORT)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].sort();
}

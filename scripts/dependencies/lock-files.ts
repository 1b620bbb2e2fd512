import { globSync, readFileSync } from "node:fs";

/** A `package-lock.json`, as far as it is read here. Version 3. */
export interface LockFile {
  /** Where it lies. */
  path: string;
  /** What is installed, by folder; the project itself under the empty name. */
  packages: Readonly<Record<string, LockedPackage>>;
}

export interface LockedPackage {
  version?: string;
  license?: string;
  /** Where from, if that is not the registry in use; a file or folder for a link. */
  resolved?: string;
  integrity?: string;
  /** Used to build and test alone. */
  dev?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** The project's, the bench's, and those of the tests and examples that have one. */
export function readLockFiles(): LockFile[] {
  return globSync(["package-lock.json", "{bench,test/*,examples/*}/package-lock.json"])
    .sort()
    .map((path) => ({ path, ...JSON.parse(readFileSync(path, "utf8")) }));
}

/** What was installed: everything but the project itself. */
export function installed({ packages }: LockFile): [folder: string, locked: LockedPackage][] {
  return Object.entries(packages).filter(([folder]) => folder !== "");
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../project-folder.ts";

/** A version that may be running somewhere while the next one's migrations are applied. */
export interface Release {
  version: string;
  /** In full. */
  commit: string;
  /** How many migrations it had. */
  migrations: number;
  /** Where it is known not to get on with what was added since. */
  differences: readonly Difference[];
}

/** Tests of a release that fail on the newer schema, and why nobody is hurt. */
export interface Difference {
  tests: string;
  /** The migration, without `.sql`. */
  since: string;
  why: string;
}

/** Every release, the newest last. */
export function releases(): readonly [Release, ...Release[]] {
  return JSON.parse(readFileSync(join(projectFolder, "releases.json"), "utf8"));
}

/** The one before what is here. */
export function previousRelease(): Release {
  const all = releases();
  return all.at(-1) ?? all[0];
}

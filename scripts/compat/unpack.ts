import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { Problem } from "../problem.ts";
import { projectFolder } from "../project-folder.ts";
import type { Release } from "./releases.ts";

const MOST_BYTES = 256 * 1024 * 1024;

/** Whether this checkout's history reaches back to a release. */
export function isThere({ commit }: Release): boolean {
  return git(["cat-file", "-e", `${commit}^{commit}`]).status === 0;
}

/** Puts the files of a release into a folder, as they were. */
export function unpack(release: Release, folder: string): void {
  if (!isThere(release)) {
    throw new Problem(
      `This checkout does not know ${release.version} (${release.commit.slice(0, 12)}).`,
      "Get its history: git fetch --unshallow, or git fetch origin",
    );
  }
  const archive = git(["archive", "--format=tar", release.commit]);
  mkdirSync(folder, { recursive: true });
  const unpacked = spawnSync("tar", ["-x", "-C", folder], { input: archive.stdout });
  if (archive.status !== 0 || unpacked.status !== 0) {
    throw new Problem(
      `${release.version} could not be unpacked: ${archive.stderr}${unpacked.stderr}`,
      "See that git and tar are installed, and that the disk is not full.",
    );
  }
}

function git(args: readonly string[]) {
  return spawnSync("git", args, { cwd: projectFolder, maxBuffer: MOST_BYTES });
}

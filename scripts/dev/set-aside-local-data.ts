import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { localState, lockedState } from "../local-state.ts";
import { projectFolder } from "../project-folder.ts";

/**
 * Makes room for new data. What is there was sealed under another secret, so that nothing could sign
 * in with it; it is kept in case that secret is found. False when there is none.
 */
export function setAsideLocalData(): boolean {
  const from = join(projectFolder, localState);
  if (!existsSync(from)) {
    return false;
  }
  const to = join(projectFolder, lockedState);
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
  return true;
}

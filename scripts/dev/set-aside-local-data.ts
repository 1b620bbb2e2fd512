import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { localState, lockedStates } from "../local-state.ts";
import { projectFolder } from "../project-folder.ts";

/**
 * Makes room for new data. What is there was sealed under another secret, so that nothing could sign
 * in with it; it is kept in case that secret is found, beside what was set aside before. Says where it
 * is now; null when there is none.
 */
export function setAsideLocalData(folder: string = projectFolder): string | null {
  const from = join(folder, localState);
  if (!existsSync(from)) {
    return null;
  }
  const { free } = lockedStates(folder);
  renameSync(from, join(folder, free));
  return free;
}

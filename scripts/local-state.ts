import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFolder } from "./project-folder.ts";

/** Where the local server keeps its data, from the project's folder. */
export const localState = join(".wrangler", "state");

const lockedState = join(".wrangler", "state-of-a-lost-secret");

/** Where data goes whose secret was lost: those that are there, and one that is not. */
export function lockedStates(folder: string = projectFolder): { taken: string[]; free: string } {
  const parent = dirname(lockedState);
  const names = existsSync(join(folder, parent)) ? readdirSync(join(folder, parent)) : [];
  const taken = names
    .map((name) => join(parent, name))
    .filter((path) => path.startsWith(lockedState));
  let free = lockedState;
  for (let number = 2; taken.includes(free); number += 1) {
    free = `${lockedState}-${number}`;
  }
  return { taken: taken.sort(), free };
}

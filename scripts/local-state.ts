import { join } from "node:path";

/** Where the local server keeps its data, from the project's folder. */
export const localState = join(".wrangler", "state");

/** Where data goes whose secret was lost. */
export const lockedState = join(".wrangler", "state-of-a-lost-secret");

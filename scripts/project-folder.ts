import { dirname } from "node:path";

/** The folder of package.json, wherever a script was called from. */
export const projectFolder = dirname(import.meta.dirname);

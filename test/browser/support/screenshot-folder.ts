import { join } from "node:path";
import { projectFolder } from "../../../scripts/project-folder.ts";

/** Where pictures of the pages are left to be looked at. Nothing in it is kept in git. */
export const screenshotFolder = join(projectFolder, "test", "browser", "screenshots");

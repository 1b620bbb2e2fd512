import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Problem } from "./problem.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC_APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium of this machine: the one that CHROMIUM names, or the first that is found. */
export function findChromium(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = process.env["CHROMIUM"]
    ? [process.env["CHROMIUM"]]
    : [
        ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
        ...MAC_APPLICATIONS,
      ];
  const found = candidates.find(isProgram);
  if (!found) {
    throw new Problem(
      "No Chromium is installed here, and these tests are gone through in one.",
      "Install it: sudo apt-get install chromium. Or say where one is: CHROMIUM=/path/to/it npm run test:browser",
    );
  }
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

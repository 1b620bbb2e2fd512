import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { otherThanWanted } from "./installed.ts";
import { Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";
import { say } from "./say.ts";

/** Installs what a folder has a lock file of its own for, unless it is there as `package.json` names it. */
export async function installIn(folder: string, stop: AbortSignal): Promise<void> {
  if (otherThanWanted(join(projectFolder, folder)).length > 0) {
    say(`Installing the packages of ${folder}: npm ci --prefix ${folder}`);
    await runOrSay("npm", ["ci", "--prefix", folder], stop);
  }
}

/** Runs a program of the project. That it fails is a problem, with all that it said. */
export async function runOrSay(
  program: string,
  args: readonly string[],
  stop: AbortSignal,
): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd: projectFolder, signal: stop });
  } catch (error) {
    stop.throwIfAborted();
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const command = [program, ...args].join(" ");
    throw new Problem(`${command} failed:\n${stdout}${stderr}`, "Put that right first.");
  }
}

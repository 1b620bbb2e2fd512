import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Problem } from "../../scripts/problem.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { say } from "../../scripts/say.ts";
import { benchFolder, otherThanWanted } from "./installed.ts";

/**
 * Installs the bench's own packages where one is missing or of another version than `package.json` says,
 * and checks what is written for them: the project's own check does neither.
 */
export async function preparePackages(stop: AbortSignal): Promise<void> {
  if (otherThanWanted(benchFolder).length > 0) {
    say("Installing what Latchkey is measured beside: npm ci --prefix bench");
    await run("npm", ["ci", "--prefix", "bench"], stop);
  }
  await run("tsc", ["-p", "bench/tsconfig.peers.json"], stop);
}

async function run(program: string, args: readonly string[], stop: AbortSignal): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd: projectFolder, signal: stop });
  } catch (error) {
    stop.throwIfAborted();
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const command = [program, ...args].join(" ");
    throw new Problem(`${command} failed:\n${stdout}${stderr}`, "Put that right first.");
  }
}

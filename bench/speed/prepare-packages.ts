import { installIn, runOrSay } from "../../scripts/install-in.ts";

/**
 * Installs the bench's own packages where one is missing or of another version than `package.json` says,
 * and checks what is written for them: the project's own check does neither.
 */
export async function preparePackages(stop: AbortSignal): Promise<void> {
  await installIn("bench", stop);
  await runOrSay("tsc", ["-p", "bench/tsconfig.peers.json"], stop);
}

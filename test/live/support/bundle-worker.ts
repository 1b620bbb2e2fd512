import { globSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "../../../scripts/problem.ts";
import { wranglerOutput } from "../../../scripts/wrangler-output.ts";

/** A module that the bundle brings along as it is goes by its digest. */
const BESIDE = /^[0-9a-f]{40}-/;

/**
 * Builds a Worker as it would be deployed and gives its entry. A server of the bundle stays as it is
 * while sources change under it.
 */
export async function bundleWorker(
  config: string,
  folder: string,
  stop: AbortSignal,
): Promise<string> {
  const { output, errors, code } = await wranglerOutput(
    ["deploy", "--dry-run", "--config", config, "--outdir", folder],
    stop,
  );
  if (code !== 0) {
    throw new Problem(
      `${config} does not build:\n${output}${errors}`.trimEnd(),
      "Put that right first: npm run build",
    );
  }
  return bundledEntry(config, folder);
}

/** The entry of what was built before. */
export function bundledEntry(config: string, folder: string): string {
  const scripts = globSync("*.js", { cwd: folder });
  const entry = scripts.find((name) => !BESIDE.test(name));
  if (!entry) {
    throw new Problem(`${config} builds to no script.`, "Give the wrangler.toml of a Worker.");
  }
  return join(folder, entry);
}

import { join } from "node:path";
import type { V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { projectFolder } from "../../scripts/project-folder.ts";

const { workerOptions } = unstable_getMiniflareWorkerOptions(join(projectFolder, "wrangler.toml"));
const { modulesRules: _, ...options } = workerOptions;

/** Everything that wrangler.toml binds Latchkey to, as Miniflare has it. */
export const wranglerOptions = options as Omit<V4WorkerOptions, "script" | "scriptPath">;

/** The date that Latchkey is deployed with, for its peers too. */
export const compatibilityDate = options.compatibilityDate as string;

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { projectFolder } from "../project-folder.ts";

export type Wrangler = ChildProcessByStdio<null, Readable, Readable>;

const program = join(projectFolder, "node_modules", "wrangler", "bin", "wrangler.js");

/** Starts wrangler on the local state, without questions, and ends it when told to stop. */
export function startWrangler(args: readonly string[], stop: AbortSignal): Wrangler {
  stop.throwIfAborted();
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectFolder,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  stop.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  return child;
}

function environment(): NodeJS.ProcessEnv {
  // An environment chosen for deploying would bring its own secrets file.
  const { CLOUDFLARE_ENV: _, ...inherited } = process.env;
  return {
    ...inherited,
    // Keeps a start from waiting on the network, and the network from hearing of it.
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_WRITE_LOGS: "false",
    // Secrets come from .dev.vars alone.
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
    CLOUDFLARE_INCLUDE_PROCESS_ENV: "false",
  };
}

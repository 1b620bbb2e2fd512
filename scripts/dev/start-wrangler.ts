import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../project-folder.ts";

export type Wrangler = ChildProcessByStdio<null, Readable, Readable>;

const wrangler = join(projectFolder, "node_modules", "wrangler");
const program = join(wrangler, "bin", "wrangler.js");
/** What the program above starts, with all its arguments. */
const inner = join(wrangler, "wrangler-dist", "cli.js");
const fromInput = pathToFileURL(join(import.meta.dirname, "arguments-from-input.ts")).href;

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

/** The same, with further arguments that show in no list of processes. */
export function startWranglerPrivately(
  args: readonly string[],
  furtherArgs: readonly string[],
  stop: AbortSignal,
): ChildProcessByStdio<Writable, Readable, Readable> {
  stop.throwIfAborted();
  const node = ["--no-warnings", "--import", fromInput];
  const child = spawn(process.execPath, [...node, inner, ...args], {
    cwd: projectFolder,
    env: environment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  stop.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
  // When it ends before it has read them, its code and its words tell why.
  child.stdin.on("error", () => {});
  child.stdin.end(JSON.stringify(furtherArgs));
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

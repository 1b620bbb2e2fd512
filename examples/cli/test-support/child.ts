import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly process: ChildProcess;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended: its exit code, or the signal that killed it. */
  readonly ended: Promise<number | string>;
}

/** Runs a file of this folder's parent in a process of its own, with a home of its own. */
export function child(
  file: string,
  args: readonly string[],
  configHome: string,
  variables: Readonly<Record<string, string>> = {},
): Child {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const started = spawn(process.execPath, [path, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, XDG_CONFIG_HOME: configHome, ...variables },
  });
  const ended = once(started, "close").then(([code, signal]) => code ?? signal);
  return { process: started, stdout: started.stdout, stderr: started.stderr, ended };
}

/** Runs it to its end. */
export async function finished(
  started: Child,
): Promise<{ readonly ended: number | string; readonly out: string; readonly err: string }> {
  const [ended, out, err] = await Promise.all([
    started.ended,
    text(started.stdout),
    text(started.stderr),
  ]);
  return { ended, out, err };
}

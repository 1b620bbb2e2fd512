import { constants } from "node:os";
import { styleText } from "node:util";
import { Problem } from "./problem.ts";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a script's main function with a signal that aborts when the script is told to stop. A problem
 * is said with its advice and exits with 1; work broken off by a signal exits with 128 + its number.
 */
export async function runScript(main: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  for (const name of stopSignals) {
    process.once(name, () => stopping.abort(name));
  }
  stopWithParent(stopping);
  outliveReader();
  try {
    await main(stopping.signal);
  } catch (error) {
    process.exitCode = stopping.signal.aborted ? stoppedCode(stopping.signal) : 1;
    if (!stopping.signal.aborted) {
      process.stderr.write(`\n${describe(error)}\n`);
    }
  }
}

/** An npm that is killed outright tells nobody, and would leave a server behind. */
function stopWithParent(stopping: AbortController): void {
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      stopping.abort("SIGHUP");
    }
  }, 500);
  watch.unref();
}

/** Who reads no further, such as `head`, breaks nothing off: what is said then goes nowhere. */
function outliveReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
  });
}

function stoppedCode(stop: AbortSignal): number {
  return 128 + constants.signals[stop.reason as (typeof stopSignals)[number]];
}

function describe(error: unknown): string {
  if (error instanceof Problem) {
    return `${styleText("red", error.message, { stream: process.stderr })}\n${error.advice}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

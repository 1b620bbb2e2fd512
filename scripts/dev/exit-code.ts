import type { ChildProcess } from "node:child_process";

/** The code a process ends with, once all it wrote has arrived. 1 when a signal ended it. */
export function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("close", (code) => resolve(code ?? 1));
  });
}

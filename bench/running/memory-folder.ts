import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Memory that looks like a disk, on Linux. */
const MEMORY = "/dev/shm";

/**
 * An empty folder for stores, in memory where there is such a thing: a disk that takes milliseconds to
 * keep a row would be all that is measured. What a run left that was killed is removed.
 */
export function memoryFolder(): string {
  const place = existsSync(MEMORY) ? MEMORY : tmpdir();
  for (const name of readdirSync(place)) {
    const [, pid] = name.match(/^latchkey-bench-(\d+)-/) ?? [];
    if (pid && !isRunning(Number(pid))) {
      rmSync(join(place, name), { recursive: true, force: true });
    }
  }
  return mkdtempSync(join(place, `latchkey-bench-${process.pid}-`));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

import { childProcesses, cpuMilliseconds } from "../running/child-processes.ts";
import { peakMemoryOf } from "../running/process-memory.ts";

/** Peaks and sums only grow: what a process does after the last look is missed, and no more. */
const EVERY_MS = 200;

/** What was seen of a process, and of the largest that it has started; null where nobody says. */
export interface Seen {
  cpuMilliseconds: number | null;
  bytes: number | null;
  childBytes: number | null;
}

/** Looks at a process until told to stop, and then says what it has seen. */
export function watchProcess(pid: number): () => Seen {
  const seen: Seen = { cpuMilliseconds: null, bytes: null, childBytes: null };
  const look = () => {
    seen.cpuMilliseconds = cpuMilliseconds(pid) ?? seen.cpuMilliseconds;
    seen.bytes = peakMemoryOf(pid) ?? seen.bytes;
    for (const child of childProcesses(pid)) {
      const bytes = peakMemoryOf(child);
      seen.childBytes = bytes === null ? seen.childBytes : Math.max(bytes, seen.childBytes ?? 0);
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return seen;
  };
}

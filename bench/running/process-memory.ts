import { readFileSync } from "node:fs";

/** Bytes that a process has in memory; null where nobody says. */
export function memoryOf(pid: number | null): number | null {
  return bytesIn(pid, "VmRSS");
}

/** The most that it had so far. */
export function peakMemoryOf(pid: number | null): number | null {
  return bytesIn(pid, "VmHWM");
}

/** proc(5). A process that has just ended has no such line. */
function bytesIn(pid: number | null, name: "VmRSS" | "VmHWM"): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const [, kilobytes] = status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m")) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

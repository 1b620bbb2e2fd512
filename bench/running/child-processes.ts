import { readdirSync, readFileSync } from "node:fs";

/** The processes that this one, or another, has started and that are still there. None where there is no /proc. */
export function childProcesses(of = process.pid): number[] {
  if (process.platform !== "linux") {
    return [];
  }
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && statOf(pid)?.parent === of);
}

/** Milliseconds that a process has computed for so far, itself and the kernel for it; null where nobody says. */
export function cpuMilliseconds(pid: number | null): number | null {
  const ticks = pid === null ? null : statOf(pid)?.ticks;
  return ticks === null || ticks === undefined ? null : ticks * MILLISECONDS_PER_TICK;
}

/** USER_HZ is 100 wherever Node runs on Linux. */
const MILLISECONDS_PER_TICK = 10;

/** proc(5): the name in parentheses may hold anything, so fields are counted after the last one. */
function statOf(pid: number): { parent: number; ticks: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null;
  }
}

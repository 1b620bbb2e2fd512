import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join, relative, resolve } from "node:path";
import { Problem } from "../../scripts/problem.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { wranglerOutput } from "../../scripts/wrangler-output.ts";
import { median } from "../enumeration/statistics.ts";
import { ownerOf } from "./composition.ts";
import { tenths } from "./tenths.ts";

/** A CPU profile as V8 writes it, as far as it is read here. */
export interface CpuProfile {
  nodes: readonly { id: number; callFrame: Frame }[];
  /** The node of each sample. */
  samples: readonly number[];
  /** Microseconds from one sample to the next. */
  timeDeltas: readonly number[];
}

interface Frame {
  functionName: string;
  /** From zero; -1 for the body of a module, and for what is no code. */
  lineNumber: number;
  columnNumber: number;
}

/** What starting an isolate costs, in milliseconds of CPU. */
export interface StartUp {
  runs: number;
  fastestMs: number;
  medianMs: number;
  /** Of the fastest run, who spent it. */
  byOwner: Readonly<Record<string, number>>;
}

const MODULE_BODIES = "module bodies";
const UNKNOWN_PACKAGE = "packages with maps of their own";

/**
 * Profiles the start of the built Worker so many times, as `wrangler check startup` does. The fastest run
 * is the one that was disturbed least by whatever else the machine did.
 */
export async function profileStartUp(
  folder: string,
  runs: number,
  stop: AbortSignal,
): Promise<StartUp> {
  const map = new SourceMap(JSON.parse(readFileSync(join(folder, "index.js.map"), "utf8")));
  const ownerAt = (line: number, column: number): string | null => {
    const entry = map.findEntry(line, column);
    return "originalSource" in entry ? ownerOfSource(folder, entry.originalSource) : null;
  };
  const all = [];
  for (let run = 0; run < runs; run++) {
    const profile = await checkStartup(folder, stop);
    const byOwner = timeByOwner(profile, ownerAt);
    const totalMs = [...byOwner.values()].reduce((sum, ms) => sum + ms, 0);
    all.push({ totalMs, byOwner });
  }
  const [fastest] = all.toSorted((a, b) => a.totalMs - b.totalMs);
  if (!fastest) {
    throw new Error("a start has to be profiled once at least");
  }
  return {
    runs,
    fastestMs: tenths(fastest.totalMs),
    medianMs: tenths(median(all.map(({ totalMs }) => totalMs))),
    byOwner: Object.fromEntries(
      [...fastest.byOwner].sort(([, a], [, b]) => b - a).map(([owner, ms]) => [owner, tenths(ms)]),
    ),
  };
}

/** Where a package ships a map, the bundle's map leads to sources that are not here. */
function ownerOfSource(folder: string, source: string): string {
  const path = relative(projectFolder, resolve(folder, source));
  return path.startsWith("..") ? UNKNOWN_PACKAGE : ownerOf(path);
}

async function checkStartup(folder: string, stop: AbortSignal): Promise<CpuProfile> {
  const outfile = join(folder, "start.cpuprofile");
  const worker = join(folder, "worker.bundle");
  const { output, errors, code } = await wranglerOutput(
    ["check", "startup", "--worker", worker, "--outfile", outfile],
    stop,
  );
  if (code !== 0) {
    throw new Problem(
      `The start cannot be profiled:\n${output}${errors}`,
      "Start it by itself: npm run dev",
    );
  }
  return JSON.parse(readFileSync(outfile, "utf8")) as CpuProfile;
}

/**
 * Milliseconds that were spent in whose functions, without the time in which nothing ran. The bodies of
 * modules are one function in a bundle: whose they are is not to be told.
 */
export function timeByOwner(
  { nodes, samples, timeDeltas }: CpuProfile,
  ownerAt: (line: number, column: number) => string | null,
): Map<string, number> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byOwner = new Map<string, number>();
  for (const [index, node] of samples.entries()) {
    const frame = frames.get(node);
    if (frame && frame.functionName !== "(idle)") {
      const owner = spentBy(frame, ownerAt);
      byOwner.set(owner, (byOwner.get(owner) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
    }
  }
  return byOwner;
}

function spentBy(
  { functionName, lineNumber, columnNumber }: Frame,
  ownerAt: (line: number, column: number) => string | null,
): string {
  if (lineNumber >= 0) {
    // What has no source is what esbuild puts in front, such as what gives functions their names back.
    return ownerAt(lineNumber, columnNumber) ?? "esbuild";
  }
  return functionName.startsWith("(") ? functionName.slice(1, -1) : MODULE_BODIES;
}

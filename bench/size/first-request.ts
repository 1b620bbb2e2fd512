import { join } from "node:path";
import { Problem } from "../../scripts/problem.ts";
import { median } from "../enumeration/statistics.ts";
import { buildLatchkey, type Modules } from "../running/latchkey/build.ts";
import { startLatchkey } from "../running/latchkey/start.ts";
import { tenths } from "./tenths.ts";

/** What a Worker that has just been started takes for its first answer, and for those after it. Medians. */
export interface FirstRequest {
  request: string;
  starts: number;
  firstMs: number;
  laterMs: number;
}

/** A route that asks no store, and a page with everything that a page has. */
const PATHS = ["/.well-known/oauth-authorization-server", "/signin"];
const LATER = 20;

/** Starts the Worker anew for each measurement, on a database of its own, and asks it directly. */
export async function measureFirstRequests(
  starts: number,
  stop: AbortSignal,
): Promise<FirstRequest[]> {
  const modules = await buildLatchkey(stop, join("bench", "running", "latchkey", "deployed.ts"));
  const measured = [];
  for (const path of PATHS) {
    measured.push(await measure(modules, { path, starts }, stop));
  }
  return measured;
}

async function measure(
  modules: Modules,
  { path, starts }: { path: string; starts: number },
  stop: AbortSignal,
): Promise<FirstRequest> {
  const first = [];
  const later = [];
  for (let start = 0; start < starts; start++) {
    stop.throwIfAborted();
    const [one = 0, ...others] = await afterStart(modules, path);
    first.push(one);
    later.push(...others);
  }
  return {
    request: `GET ${path}`,
    starts,
    firstMs: tenths(median(first)),
    laterMs: tenths(median(later)),
  };
}

/** What each request took, in milliseconds: the first after the start, and those after it. */
async function afterStart(modules: Modules, path: string): Promise<number[]> {
  const service = await startLatchkey(modules, { iterations: null });
  try {
    const took = [];
    for (let request = 0; request <= LATER; request++) {
      took.push(await ask(`${service.urls["latchkey"]}${path}`));
    }
    return took;
  } finally {
    await service.stop();
  }
}

async function ask(url: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url);
  await answer.arrayBuffer();
  if (!answer.ok) {
    throw new Problem(`GET ${url} answered ${answer.status}.`, "Start it by itself: npm run dev");
  }
  return performance.now() - begun;
}

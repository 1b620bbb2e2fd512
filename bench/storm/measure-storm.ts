import { join } from "node:path";
import { startLatchkey } from "../running/latchkey/start.ts";
import { startOrderThread } from "../running/load/order-thread.ts";
import { showProgress } from "../running/show-progress.ts";
import type { RunningService } from "../running/start-workers.ts";
import { balancedOrder } from "../speed/balanced-order.ts";
import { buildVariant } from "./build-variant.ts";
import type { Observed, VariantResult } from "./result.ts";
import { summarise } from "./summarise.ts";
import type { StormOrder } from "./thread.ts";
import type { VariantName } from "./variants.ts";

export interface StormPace {
  rounds: number;
  seconds: number;
  connections: number;
}

/** Builds and serves all variants, and measures one at a time in rounds. A wrong answer ends it, and so does none. */
export async function measureStorm(
  variants: readonly VariantName[],
  { rounds, ...pace }: StormPace,
  stop: AbortSignal,
): Promise<VariantResult[]> {
  const services = new Map<VariantName, RunningService>();
  const observed = new Map<VariantName, Observed[]>(variants.map((name) => [name, []]));
  try {
    for (const name of variants) {
      showProgress(`${name}: building and starting`);
      const modules = await buildVariant(name, stop);
      services.set(name, await startLatchkey(modules, { iterations: null }));
    }
    for (let round = 0; round < rounds; round++) {
      for (const name of balancedOrder(variants, round)) {
        const service = services.get(name) as RunningService;
        const title = `round ${round + 1} of ${rounds}, ${name}`;
        observed.get(name)?.push(await storm(title, service, pace, stop));
      }
    }
  } finally {
    await Promise.all([...services.values()].map((service) => service.stop()));
  }
  return [...observed].map(([name, all]) => summarise(name, all));
}

/** From a thread of its own, which holds nothing of an earlier round. */
async function storm(
  name: string,
  { urls, pid, complaints }: RunningService,
  pace: Omit<StormPace, "rounds">,
  stop: AbortSignal,
): Promise<Observed> {
  const thread = startOrderThread<StormOrder, Observed>(join(import.meta.dirname, "thread.ts"));
  try {
    const order = { name, url: String(urls["latchkey"]), pid, ...pace };
    return await thread.run(order, complaints, stop);
  } finally {
    await thread.stop();
  }
}

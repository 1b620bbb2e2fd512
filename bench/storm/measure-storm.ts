import { join } from "node:path";
import { startLatchkey } from "../running/latchkey/start.ts";
import { startOrderThread } from "../running/load/order-thread.ts";
import { showProgress } from "../running/show-progress.ts";
import { buildVariant } from "./build-variant.ts";
import type { Observed, VariantResult } from "./result.ts";
import { summarise } from "./summarise.ts";
import type { StormOrder } from "./thread.ts";
import type { VariantName } from "./variants.ts";

export interface StormPace {
  seconds: number;
  connections: number;
}

/** Builds a variant, serves it and measures it. A wrong answer ends it, and so does none. */
export async function measureStorm(
  variant: VariantName,
  pace: StormPace,
  stop: AbortSignal,
): Promise<VariantResult> {
  showProgress(`${variant}: building and starting`);
  const service = await startLatchkey(await buildVariant(variant, stop), { iterations: null });
  const thread = startOrderThread<StormOrder, Observed>(join(import.meta.dirname, "thread.ts"));
  try {
    const url = String(service.urls["latchkey"]);
    const order = { name: variant, url, pid: service.pid, ...pace };
    return summarise(variant, await thread.run(order, service.complaints, stop));
  } finally {
    await thread.stop();
    await service.stop();
  }
}

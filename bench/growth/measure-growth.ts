import { say } from "../../scripts/say.ts";
import { machine } from "../enumeration/machine.ts";
import { showProgress } from "../running/show-progress.ts";
import { circumstances } from "../speed/circumstances.ts";
import { measureDevices } from "./devices.ts";
import { fill } from "./fill.ts";
import { measureSize } from "./measure-size.ts";
import type { GrowthResult } from "./result.ts";
import { type Growing, startGrowing } from "./start.ts";

export interface Plan {
  sizes: readonly number[];
  devices: readonly number[];
  requests: number;
}

/** Lets one database grow, and measures at each size. Devices come last, with the most accounts around. */
export async function measureGrowth(plan: Plan, stop: AbortSignal): Promise<GrowthResult> {
  say("Building and starting Latchkey …");
  const growing = await startGrowing(stop);
  const result: GrowthResult = {
    date: machine().date,
    machine: circumstances().machine,
    requests: plan.requests,
    sizes: [],
    devices: [],
  };
  try {
    await growThrough(growing, plan, result, stop);
    for (const count of plan.devices) {
      stop.throwIfAborted();
      showProgress(`${count} devices at once`);
      result.devices.push(await measureDevices(growing, count, Math.max(...plan.sizes)));
    }
    showProgress("");
    return result;
  } finally {
    await growing.stop();
  }
}

async function growThrough(
  growing: Growing,
  { sizes, requests }: Plan,
  result: GrowthResult,
  stop: AbortSignal,
): Promise<void> {
  const basis = { hash: growing.hash, begun: new Date() };
  let from = 0;
  for (const to of sizes) {
    const filled = await fill(growing.database, basis, { from, to }, (what, done) => {
      stop.throwIfAborted();
      showProgress(`filling in ${what}: ${done} of ${to}`);
    });
    showProgress(`${to} accounts: measuring`);
    const flows = await measureSize(growing, to, requests);
    result.sizes.push({ accounts: to, ...filled, flows });
    from = to;
  }
}

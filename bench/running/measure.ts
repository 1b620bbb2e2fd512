import { balancedOrder } from "../speed/balanced-order.ts";
import type { Rounds } from "../speed/summarise.ts";
import type { Work } from "../speed/works.ts";
import { type ContenderName, contenders } from "./contenders/index.ts";
import type { Measurement } from "./load/run-phase.ts";
import type { Sender } from "./load/sender.ts";
import type { RunningServices } from "./services.ts";
import { showProgress } from "./show-progress.ts";

export interface Pace {
  rounds: number;
  seconds: number;
  connections: number;
}

/** How long a round of some work is to be. */
export function secondsOf({ secondsTimes = 1 }: Work, { seconds }: Pace): number {
  return seconds * secondsTimes;
}

/** How long a service is under load before it counts. */
const WARM_UP_PART = 0.4;

/**
 * Measures everybody at a piece of work, one at a time, in rounds of another order each, so that
 * nobody always comes after the same one. A wrong answer ends it.
 */
export async function measure(
  work: Work,
  pace: Pace,
  { services, sender, stop }: { services: RunningServices; sender: Sender; stop: AbortSignal },
): Promise<Rounds> {
  const { rounds, seconds, connections } = pace;
  const names = [...work.ours, ...work.beside];
  const measured = new Map<ContenderName, Measurement[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of balancedOrder(names, round)) {
      stop.throwIfAborted();
      showProgress(`${work.name}: round ${round + 1} of ${rounds}, ${name}`);
      const { service, worker } = contenders[name];
      const { pid, urls, complaints } = services.of(service);
      const order = {
        name,
        url: String(urls[worker]),
        pid,
        facts: services.facts,
        connections,
        warmUpSeconds: seconds * WARM_UP_PART,
        seconds: secondsOf(work, pace),
      };
      measured.get(name)?.push(await sender.run(order, complaints, stop));
    }
  }
  showProgress("");
  return measured;
}

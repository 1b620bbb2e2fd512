import { say } from "../../scripts/say.ts";
import type { WorkResult } from "../speed/result.ts";
import { summarise } from "../speed/summarise.ts";
import { asText, figureTable, ratioTable } from "../speed/table.ts";
import type { Work } from "../speed/works.ts";
import { contenders } from "./contenders/index.ts";
import { startSender } from "./load/sender.ts";
import { measure, type Pace } from "./measure.ts";
import { startServices } from "./services.ts";

/** Starts what the works need, measures one after the other, and says what came out. */
export async function measureAll(
  works: readonly Work[],
  pace: Pace,
  stop: AbortSignal,
): Promise<WorkResult[]> {
  const names = works.flatMap(({ ours, beside }) => [...ours, ...beside]);
  const needed = new Set(names.map((name) => contenders[name].service));
  say(`Building and starting ${[...needed].join(", ")} …`);
  const services = await startServices([...needed], stop);
  const sender = startSender();
  const results: WorkResult[] = [];
  try {
    for (const work of works) {
      const measured = await measure(work, pace, { services, sender, stop });
      const result = summarise(work, measured);
      report(result);
      results.push(result);
    }
  } finally {
    await sender.stop();
    await services.stop();
  }
  return results;
}

/** The sender's part of a round from which it may be what was measured. */
const BUSY = 0.9;

function report(result: WorkResult): void {
  say(`\n${result.work}\n\n${asText(figureTable(result))}\n\n${asText(ratioTable(result))}`);
  const busy = result.figures.filter(({ senderBusy }) => senderBusy > BUSY);
  if (busy.length > 0) {
    say(`\nThe sender could not keep up with ${busy.map((one) => one.contender).join(", ")}.`);
  }
}
